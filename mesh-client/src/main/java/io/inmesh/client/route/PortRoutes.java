package io.inmesh.client.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The route tables of one port. Istio makes one for the port and one for each service whose protocol it has to sniff, the latter bound
 * to the service's own address; in process there is no address yet, so the authority decides among them. Immutable.
 *
 * @param tables that of the port first; at least one
 */
public record PortRoutes(List<RouteTable> tables) {

    public PortRoutes {
        tables = List.copyOf(tables);
    }

    /** The virtual host of an authority; one that names it wins over one that takes any. */
    public @Nullable CompiledVirtualHost virtualHost(String authority) {
        for (int i = 0; i < tables.size(); i++) {
            CompiledVirtualHost found = tables.get(i).hosts().findSpecific(authority);
            if (found != null) {
                return found;
            }
        }
        return authority.isEmpty() ? null : tables.get(0).hosts().any();
    }
}
