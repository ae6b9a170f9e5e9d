package io.inmesh.spring.reactive;

import io.inmesh.spring.http.ServiceGroups;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/** HTTP interface groups over WebClient; see {@link ServiceGroups}. */
public final class MeshReactiveGroupConfigurer implements WebClientHttpServiceGroupConfigurer {

    private final ServiceGroups services;

    public MeshReactiveGroupConfigurer(ServiceGroups services) {
        this.services = services;
    }

    @Override
    public void configureGroups(Groups<WebClient.Builder> groups) {
        groups.forEachGroup((group, client, factory) -> {
            services.baseUrl(group).ifPresent(client::baseUrl);
            services.prepare(group);
            factory.httpRequestValuesProcessor(
                    (method, parameters, arguments, request) -> services.tag(group, method, request));
        });
    }

    /** Before all others, so that each of them can say it better. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
