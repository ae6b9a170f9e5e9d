package io.inmesh.spring.http;

import org.springframework.core.Ordered;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/** HTTP interface groups over RestClient; see {@link ServiceGroups}. */
public final class MeshGroupConfigurer implements RestClientHttpServiceGroupConfigurer {

    private final ServiceGroups services;

    public MeshGroupConfigurer(ServiceGroups services) {
        this.services = services;
    }

    @Override
    public void configureGroups(Groups<RestClient.Builder> groups) {
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
