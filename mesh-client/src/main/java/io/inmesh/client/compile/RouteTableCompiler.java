package io.inmesh.client.compile;

import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.match.HostMatcher;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.CompiledVirtualHost;
import io.inmesh.client.route.RouteTable;
import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.model.route.VirtualHost;
import java.util.ArrayList;
import java.util.List;

/** One route configuration in, one route table out; refused as a whole where Envoy would refuse it. */
final class RouteTableCompiler {

    private final RouteConfiguration table;
    private final HostRegistry registry;
    private final Findings findings;
    private final Regexes regexes = new Regexes();
    private String path = "";

    private RouteTableCompiler(RouteConfiguration table, HostRegistry registry) {
        this.table = table;
        this.registry = registry;
        findings = new Findings("route configuration " + table.name());
    }

    static Compiled<RouteConfiguration, RouteTable> compile(RouteConfiguration table, HostRegistry registry) {
        return new RouteTableCompiler(table, registry).compile();
    }

    private Compiled<RouteConfiguration, RouteTable> compile() {
        try {
            HostMatcher.Builder<CompiledVirtualHost> hosts = HostMatcher.builder(table.ignorePortInHostMatching());
            for (int i = 0; i < table.virtualHosts().size(); i++) {
                path = "virtual_hosts[" + i + "]";
                add(table.virtualHosts().get(i), hosts);
            }
            return new Compiled<>(table, new RouteTable(table.name(), hosts.build()), findings.list(), null);
        } catch (IllegalArgumentException e) {
            Finding rejection =
                    new Finding("route configuration " + table.name(), path, String.valueOf(e.getMessage()));
            return new Compiled<>(table, null, findings.list(), rejection);
        }
    }

    private void add(VirtualHost host, HostMatcher.Builder<CompiledVirtualHost> hosts) {
        String ofHost = path;
        if (host.requireTls() != VirtualHost.TlsRequirement.NONE) {
            findings.unsupported(ofHost + ".require_tls");
        }
        List<CompiledRoute> routes = new ArrayList<>();
        for (int i = 0; i < host.routes().size(); i++) {
            path = ofHost + ".routes[" + i + "]";
            RouteScope scope =
                    new RouteScope(table, host, path, findings, regexes, () -> registry.activeFaults(table.name()));
            routes.add(new RouteCompiler(scope).compile(host.routes().get(i)));
        }
        path = ofHost;
        CompiledVirtualHost compiled = new CompiledVirtualHost(host.name(), routes);
        for (String domain : host.domains()) {
            if (!hosts.add(domain, compiled)) {
                throw new IllegalArgumentException("domain " + domain + " is in more than one virtual host");
            }
        }
    }
}
