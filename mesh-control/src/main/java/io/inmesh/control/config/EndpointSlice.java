package io.inmesh.control.config;

import io.inmesh.control.yaml.InvalidResourceException;
import java.util.List;
import java.util.Optional;

/**
 * A {@code discovery.k8s.io/v1/EndpointSlice}.
 *
 * @param service the name of the service in the same namespace
 */
public record EndpointSlice(Meta meta, String service, List<Endpoint> endpoints, List<Port> ports) implements Resource {

    /**
     * One place to call.
     *
     * @param pod the name of the pod behind it, if there is one
     */
    public record Endpoint(List<String> addresses, Conditions conditions, Optional<String> pod, String zone) {
        static Endpoint read(Fields endpoint) {
            Conditions conditions =
                    endpoint.object("conditions", Conditions::read).orElse(Conditions.READY);
            Optional<String> pod = endpoint.object("targetRef", target -> {
                        String name = target.text("kind").orElse("").equals("Pod")
                                ? target.text("name").orElse("")
                                : "";
                        target.restIrrelevant();
                        return name;
                    })
                    .filter(name -> !name.isEmpty());
            Endpoint read = new Endpoint(
                    endpoint.texts("addresses"),
                    conditions,
                    pod,
                    endpoint.text("zone").orElse(""));
            endpoint.restIrrelevant();
            return read;
        }
    }

    /**
     * What Kubernetes says of an endpoint.
     *
     * @param serving whether its pod is ready, even while it goes
     */
    public record Conditions(boolean ready, boolean serving, boolean terminating) {

        static final Conditions READY = new Conditions(true, true, false);

        static Conditions read(Fields conditions) {
            boolean ready = conditions.flag("ready").orElse(true);
            return new Conditions(
                    ready,
                    conditions.flag("serving").orElse(ready),
                    conditions.flag("terminating").orElse(false));
        }
    }

    /** A port of the endpoints; name is that of the service's port; empty if the service has one port only */
    public record Port(String name, int number) {
        static Port read(Fields port) {
            Port read = new Port(
                    port.text("name").orElse(""),
                    port.integer("port", 1, 65_535).orElseThrow(() -> port.invalid("port", "is required")));
            port.restIrrelevant();
            return read;
        }
    }

    static EndpointSlice read(Meta meta, Fields root) {
        String service = meta.labels().getOrDefault("kubernetes.io/service-name", "");
        if (service.isEmpty()) {
            throw new InvalidResourceException(
                    meta.origin(), "metadata.labels", "the label kubernetes.io/service-name is required");
        }
        root.irrelevant("addressType");
        return new EndpointSlice(meta, service, root.list("endpoints", Endpoint::read), root.list("ports", Port::read));
    }
}
