package io.inmesh.client.compile;

import io.inmesh.api.spi.CallReport;
import io.inmesh.xds.model.listener.RouteSpecifier;
import io.inmesh.xds.model.route.Route;
import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.model.route.VirtualHost;
import java.util.HashSet;
import java.util.Set;

/** What inbound routes say, although in process there is nothing to route. */
final class InboundRoutes {

    private InboundRoutes() {}

    /** The filters that any route, virtual host or the configuration itself has settings for. */
    static Set<String> overriddenFilters(RouteSpecifier routes) {
        Set<String> names = new HashSet<>();
        if (routes instanceof RouteSpecifier.Inline inline) {
            RouteConfiguration configuration = inline.routeConfiguration();
            names.addAll(configuration.perFilterConfig().keySet());
            for (VirtualHost host : configuration.virtualHosts()) {
                names.addAll(host.perFilterConfig().keySet());
                host.routes()
                        .forEach(route -> names.addAll(route.perFilterConfig().keySet()));
            }
        }
        return names;
    }

    /** The service that callers name, from the operation that Istio gives its inbound spans: {@code a.ns.svc.domain:80/*}. */
    static CallReport.Service service(RouteSpecifier routes) {
        if (routes instanceof RouteSpecifier.Inline inline) {
            for (VirtualHost host : inline.routeConfiguration().virtualHosts()) {
                for (Route route : host.routes()) {
                    String operation = route.decorator();
                    if (operation != null) {
                        return service(operation);
                    }
                }
            }
        }
        return CallReport.Service.UNKNOWN;
    }

    private static CallReport.Service service(String operation) {
        int colon = operation.indexOf(':');
        String host = colon < 0 ? operation : operation.substring(0, colon);
        int dot = host.indexOf('.');
        if (dot < 0) {
            return host.isEmpty() ? CallReport.Service.UNKNOWN : new CallReport.Service(host, host, "");
        }
        int end = host.indexOf('.', dot + 1);
        String namespace = end < 0 ? host.substring(dot + 1) : host.substring(dot + 1, end);
        return new CallReport.Service(host, host.substring(0, dot), namespace);
    }
}
