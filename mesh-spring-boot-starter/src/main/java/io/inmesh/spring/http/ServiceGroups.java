package io.inmesh.spring.http;

import io.inmesh.api.policy.CallPolicy;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * HTTP interface groups: a group's name is the host of the mesh that it calls, where nothing else is said; and what the annotations of
 * its methods ask for travels with their requests, down to the transport. Thread-safe.
 */
public final class ServiceGroups {

    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private final MeshPolicies policies;
    private final Environment environment;

    public ServiceGroups(MeshPolicies policies, Environment environment) {
        this.policies = policies;
        this.environment = environment;
    }

    /** The address that a group's clients call; empty where the application says it, or the group's name is no host's. */
    public Optional<String> baseUrl(HttpServiceGroup group) {
        boolean named = !group.name().equals(HttpServiceGroup.DEFAULT_GROUP_NAME)
                && HOST.matcher(group.name()).matches()
                && !environment.containsProperty("spring.http.serviceclient." + group.name() + ".base-url");
        return named ? Optional.of("http://" + group.name()) : Optional.empty();
    }

    /** Refuses at the start what cannot take effect. */
    public void prepare(HttpServiceGroup group) {
        for (Class<?> type : group.httpServiceTypes()) {
            for (Method method : type.getMethods()) {
                policies.of(type, method, List.of(group.name()));
            }
        }
    }

    /** Gives a request what its method asks for. */
    public void tag(HttpServiceGroup group, Method method, HttpRequestValues.Builder request) {
        CallPolicy policy = policies.of(method.getDeclaringClass(), method, List.of(group.name()));
        if (!policy.isEmpty()) {
            request.addAttribute(MeshPolicies.OF_METHOD, policy);
        }
    }
}
