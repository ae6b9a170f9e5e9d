package io.inmesh.control.config;

import java.util.List;

/**
 * Istio's VirtualService, the HTTP part.
 *
 * @param hosts as written; short names are of the resource's own namespace; none if other VirtualServices delegate to it
 * @param gateways {@code mesh} alone if none are written
 * @param exportTo namespaces that see it; empty means all
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/">VirtualService</a>
 */
public record VirtualService(
        Meta meta, List<String> hosts, List<String> gateways, List<String> exportTo, List<HttpRoute> http)
        implements Resource {

    static VirtualService read(Meta meta, Fields spec) {
        List<String> hosts = spec.texts("hosts");
        List<String> gateways = spec.has("gateways") ? spec.texts("gateways") : List.of("mesh");
        spec.unsupported("tls", "tcp");
        List<HttpRoute> http = spec.list("http", route -> HttpRoute.read(route, meta.namespace()));
        if (hosts.isEmpty() && http.stream().anyMatch(route -> route.delegate().isPresent())) {
            throw spec.invalid("hosts", "is required: what has no hosts is delegated to, and does not delegate");
        }
        if (http.isEmpty() && !spec.has("tls") && !spec.has("tcp")) {
            throw spec.invalid("http", "at least one route is required");
        }
        return new VirtualService(meta, hosts, gateways, spec.texts("exportTo"), http);
    }

    /** Whether sidecars follow it, and not gateways only. */
    public boolean forMesh() {
        return !hosts.isEmpty() && gateways.contains("mesh");
    }

    /** The same with other routes. */
    public VirtualService with(List<HttpRoute> routes) {
        return new VirtualService(meta, hosts, gateways, exportTo, List.copyOf(routes));
    }
}
