package io.inmesh.control.translate;

import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.PushContext;
import io.inmesh.control.state.SidecarView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the resources of a client depend on, and nothing else: clients with an equal scope share them. */
public final class Scopes {

    private Scopes() {}

    /**
     * For what a client calls.
     *
     * @param labels of the calling workload; empty if no VirtualService asks for them
     * @param istioFilters whether Istio's own filters are understood
     * @param place where the caller runs; {@link Place#ANYWHERE} if no DestinationRule asks for it
     * @param view what the caller sees by its Sidecar resource
     * @param gateway whether it calls for others, so that there is no address that it wanted to call itself
     */
    public record Outbound(
            String namespace,
            String dnsDomain,
            boolean istioFilters,
            Map<String, String> labels,
            Place place,
            SidecarView view,
            boolean gateway) {

        /** What the caller sees, in the order of hosts. */
        List<MeshService> services(PushContext context) {
            List<MeshService> exported = context.servicesVisibleFrom(namespace);
            return view.all() ? exported : exported.stream().filter(view::sees).toList();
        }

        /** Whether calls to unknown hosts pass through. */
        boolean allowAny(PushContext context) {
            return view.registryOnly().map(only -> !only).orElseGet(() -> context.settings()
                    .allowAny());
        }
    }

    /**
     * Where a caller runs.
     *
     * @param locality {@code region/zone/sub-zone}, each part as far as known
     * @param labels by which an endpoint may be near, those of its locality included
     */
    public record Place(String locality, Map<String, String> labels) {

        static final Place ANYWHERE = new Place("", Map.of());

        public Place {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * For what a workload serves.
     *
     * @param instances which others are of its kind; empty if the client does not ask
     */
    public record Inbound(
            String namespace,
            Map<String, String> labels,
            boolean istioFilters,
            List<PushContext.Inbound> ports,
            Optional<Instances> instances) {}

    /**
     * The instances of one workload, of one version, in one region: those among which load is spread evenly.
     *
     * @param owner such as the Deployment's name
     * @param hashes the labels by which versions of a Deployment differ
     */
    public record Instances(String owner, Map<String, String> hashes, String region) {}

    /** For the clusters of one host: callers who find the same rule for it share them. */
    public record Callee(
            String host, Optional<DestinationRule> rule, boolean istioFilters, Place place, boolean gateway) {}

    /** For a gateway: what it may call, and by its labels and ports where it listens. */
    public record Gateway(Outbound calls, Inbound server) {}
}
