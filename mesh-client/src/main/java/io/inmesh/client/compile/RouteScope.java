package io.inmesh.client.compile;

import io.inmesh.client.host.Gauge;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.model.route.VirtualHost;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a route is, for whatever compiles a part of it.
 *
 * @param path of the route in its resource
 * @param regexes of the whole resource
 * @param activeFaults counts the requests of the resource's routes that have a fault
 */
record RouteScope(
        RouteConfiguration table,
        VirtualHost host,
        String path,
        Findings findings,
        Regexes regexes,
        Supplier<Gauge> activeFaults) {

    Matchers matchers() {
        return new Matchers(regexes);
    }

    void unsupported(String field) {
        findings.unsupported(path + "." + field);
    }

    void unsupported(String field, String reason) {
        findings.unsupported(path + "." + field, reason);
    }

    HeaderEditsCompiler headers(List<HeaderMutations> mostSpecificFirst) {
        return new HeaderEditsCompiler(mostSpecificFirst, table.mostSpecificHeaderMutationsWins(), findings, path);
    }
}
