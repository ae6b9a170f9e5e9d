package io.inmesh.control.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Istio's Sidecar, the calling side: what workloads of a namespace see of the mesh.
 *
 * @param selector labels of the workloads; empty means all of the namespace, or of the mesh if it is the root namespace
 * @param hosts {@code <namespace>/<host>} of what is seen; empty if nothing is said, which means everything
 * @param registryOnly whether calls to unknown hosts are refused; empty if nothing is said
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/sidecar/">Sidecar</a>
 */
public record Sidecar(
        Meta meta, Map<String, String> selector, Optional<List<String>> hosts, Optional<Boolean> registryOnly)
        implements Resource {

    enum OutboundMode {
        REGISTRY_ONLY,
        ALLOW_ANY
    }

    static Sidecar read(Meta meta, Fields spec) {
        Map<String, String> selector = spec.object("workloadSelector", labels -> labels.textMap("labels"))
                .orElse(Map.of());
        Optional<List<String>> hosts = Optional.empty();
        if (spec.has("egress")) {
            List<List<String>> written = spec.list("egress", egress -> {
                egress.unsupported("port", "bind", "captureMode");
                return egress.texts("hosts");
            });
            hosts = Optional.of(written.stream().flatMap(List::stream).toList());
            for (String host : hosts.get()) {
                if (host.indexOf('/') <= 0) {
                    throw spec.invalid("egress", "'" + host + "' is not <namespace>/<host>");
                }
            }
        }
        Optional<Boolean> registryOnly = spec.object("outboundTrafficPolicy", policy -> {
                    policy.unsupported("egressProxy");
                    return policy.choice("mode", OutboundMode.class);
                })
                .map(mode -> mode.orElse(OutboundMode.REGISTRY_ONLY) == OutboundMode.REGISTRY_ONLY);
        spec.unsupported("ingress", "inboundConnectionPool");
        return new Sidecar(meta, selector, hosts, registryOnly);
    }
}
