package io.inmesh.spring.probe;

import java.util.Map;
import java.util.Optional;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;

/** The actuator's health and its groups, by status alone: no component and no detail is shown to an unknown caller. */
public final class HealthGroupProbes implements ProbeSource {

    private static final Map<String, String> SHORT =
            Map.of("/livez", "liveness", "/readyz", "readiness", "/healthz/ready", "readiness");

    private final HealthEndpoint health;
    private final HealthEndpointGroups groups;
    private final String root;

    /**
     * @param basePath of the actuator, such as {@code /actuator}
     */
    public HealthGroupProbes(HealthEndpoint health, HealthEndpointGroups groups, String basePath) {
        this.health = health;
        this.groups = groups;
        this.root = basePath + "/health";
    }

    @Override
    public Optional<ProbeAnswer> answer(String path) {
        if (path.equals(root)) {
            return Optional.of(answer(health.health(), groups.getPrimary()));
        }
        String name = SHORT.getOrDefault(path, path.startsWith(root + "/") ? path.substring(root.length() + 1) : "");
        HealthEndpointGroup group = groups.getNames().contains(name) ? groups.get(name) : null;
        HealthDescriptor descriptor = group == null ? null : health.healthForPath(name);
        return group == null || descriptor == null ? Optional.empty() : Optional.of(answer(descriptor, group));
    }

    private static ProbeAnswer answer(HealthDescriptor descriptor, HealthEndpointGroup group) {
        int status = group.getHttpCodeStatusMapper().getStatusCode(descriptor.getStatus());
        return ProbeAnswer.health(status, descriptor.getStatus().getCode());
    }
}
