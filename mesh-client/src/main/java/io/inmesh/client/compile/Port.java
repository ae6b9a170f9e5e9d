package io.inmesh.client.compile;

import io.inmesh.client.route.PortRoutes;
import io.inmesh.client.route.PortRoutes.ServiceRoutes;
import io.inmesh.client.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What listeners of one port say: the port's own table, and tables that are bound to one service's addresses. */
final class Port {

    private final Map<String, Set<String>> addressesByTable = new TreeMap<>();
    private @Nullable String general;
    private boolean normalizesPaths;

    void add(String table, String address) {
        // Istio names the table of a service <host>:<port> and binds it to the service's address.
        boolean ofService = !address.equals("0.0.0.0") && !address.equals("::") && table.indexOf(':') > 0;
        if (ofService) {
            addressesByTable.computeIfAbsent(table, fresh -> new TreeSet<>()).add(address);
        } else {
            general = table;
        }
    }

    /** One of the port's listeners normalises paths; Istio's all do or none does. */
    void normalizesPaths() {
        normalizesPaths = true;
    }

    Set<String> tableNames() {
        Set<String> names = new TreeSet<>(addressesByTable.keySet());
        if (general != null) {
            names.add(general);
        }
        return names;
    }

    PortRoutes routes(Function<String, @Nullable RouteTable> tables, ServiceHosts hosts) {
        List<ServiceRoutes> services = new ArrayList<>();
        addressesByTable.forEach((name, addresses) -> {
            RouteTable table = tables.apply(name);
            if (table != null) {
                List<String> all = new ArrayList<>(hosts.of(name.substring(0, name.lastIndexOf(':'))));
                addresses.forEach(address -> all.add(address.indexOf(':') < 0 ? address : "[" + address + "]"));
                services.add(new ServiceRoutes(all, table));
            }
        });
        return new PortRoutes(general == null ? null : tables.apply(general), services, normalizesPaths);
    }
}
