package io.inmesh.control.config;

import java.util.List;

/**
 * Istio's VirtualService, the HTTP part.
 *
 * @param hosts as written; short names are of the resource's own namespace
 * @param gateways {@code mesh} alone if none are written
 * @param exportTo namespaces that see it; empty means all
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/">VirtualService</a>
 */
public record VirtualService(
        Meta meta, List<String> hosts, List<String> gateways, List<String> exportTo, List<HttpRoute> http)
        implements Resource {

    static VirtualService read(Meta meta, Fields spec) {
        List<String> hosts = spec.texts("hosts");
        if (hosts.isEmpty()) {
            throw spec.invalid("hosts", "is required");
        }
        List<String> gateways = spec.has("gateways") ? spec.texts("gateways") : List.of("mesh");
        spec.unsupported("tls", "tcp");
        List<HttpRoute> http = spec.list("http", HttpRoute::read);
        if (http.isEmpty() && !spec.has("tls") && !spec.has("tcp")) {
            throw spec.invalid("http", "at least one route is required");
        }
        return new VirtualService(meta, hosts, gateways, spec.texts("exportTo"), http);
    }

    /** Whether sidecars follow it, and not gateways only. */
    public boolean forMesh() {
        return gateways.contains("mesh");
    }
}
