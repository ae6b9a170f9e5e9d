package io.inmesh.spring.http;

import io.inmesh.api.policy.CallPolicy;
import java.lang.reflect.Method;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * HTTP interface groups: a group's name is the host of the mesh that it calls, where nothing else is said; and what the annotations of
 * its methods ask for travels with their requests, down to the transport.
 */
public final class MeshGroupConfigurer implements RestClientHttpServiceGroupConfigurer {

    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private final MeshPolicies policies;
    private final Environment environment;

    public MeshGroupConfigurer(MeshPolicies policies, Environment environment) {
        this.policies = policies;
        this.environment = environment;
    }

    @Override
    public void configureGroups(Groups<RestClient.Builder> groups) {
        groups.forEachGroup((group, client, factory) -> {
            if (namesItsHost(group.name())) {
                client.baseUrl("http://" + group.name());
            }
            prepare(group);
            factory.httpRequestValuesProcessor((method, parameters, arguments, request) -> tag(group, method, request));
        });
    }

    private boolean namesItsHost(String group) {
        return !group.equals(HttpServiceGroup.DEFAULT_GROUP_NAME)
                && HOST.matcher(group).matches()
                && !environment.containsProperty("spring.http.serviceclient." + group + ".base-url");
    }

    private void prepare(HttpServiceGroup group) {
        for (Class<?> type : group.httpServiceTypes()) {
            for (Method method : type.getMethods()) {
                // Refuses at the start what cannot take effect.
                policies.of(type, method, List.of(group.name()));
            }
        }
    }

    private void tag(HttpServiceGroup group, Method method, HttpRequestValues.Builder request) {
        CallPolicy policy = policies.of(method.getDeclaringClass(), method, List.of(group.name()));
        if (!policy.isEmpty()) {
            request.addAttribute(MeshPolicies.OF_METHOD, policy);
        }
    }

    /** Before all others, so that each of them can say it better. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
