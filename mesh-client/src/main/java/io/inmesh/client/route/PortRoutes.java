package io.inmesh.client.route;

import io.inmesh.client.match.HostMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The route tables of one port. Istio makes one for the port and one for each service whose protocol it has to sniff, the latter bound
 * to the service's own address. In process there is no address yet, so the authority's host decides among them. Immutable.
 */
public final class PortRoutes {

    private final @Nullable RouteTable general;
    private final List<ServiceRoutes> services;
    private final boolean normalizesPaths;
    private final HostMatcher<RouteTable> byHost;

    /**
     * Puts tables together.
     *
     * @param general takes all hosts that no service claims; null if there is none
     * @param normalizesPaths whether paths are made comparable before they are looked at
     */
    public PortRoutes(@Nullable RouteTable general, List<ServiceRoutes> services, boolean normalizesPaths) {
        this.general = general;
        this.normalizesPaths = normalizesPaths;
        this.services = List.copyOf(services);
        HostMatcher.Builder<RouteTable> hosts = HostMatcher.builder(true);
        for (ServiceRoutes service : services) {
            service.hosts().forEach(host -> hosts.add(host, service.table()));
        }
        byHost = hosts.build();
    }

    /** The table of an authority; null if the port has none for it. */
    public @Nullable RouteTable table(String authority) {
        RouteTable ofService = services.isEmpty() ? null : byHost.find(authority);
        return ofService == null ? general : ofService;
    }

    /** Whether paths are normalised before they are looked at. */
    public boolean normalizesPaths() {
        return normalizesPaths;
    }

    /** Whether this consists of the very same tables under the same hosts. */
    public boolean sameAs(PortRoutes other) {
        return isSame(general, other.general)
                && services.equals(other.services)
                && normalizesPaths == other.normalizesPaths;
    }

    @SuppressWarnings("ReferenceEquality") // the question is whether the instance is the same
    private static boolean isSame(@Nullable RouteTable one, @Nullable RouteTable other) {
        return one == other;
    }

    /**
     * A table that only some hosts lead to.
     *
     * @param hosts names and address of the service
     */
    public record ServiceRoutes(List<String> hosts, RouteTable table) {

        public ServiceRoutes {
            hosts = List.copyOf(hosts);
        }
    }
}
