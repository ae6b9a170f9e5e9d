package io.inmesh.client.compile;

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

    private RouteTableCompiler() {}

    static Compiled<RouteConfiguration, RouteTable> compile(RouteConfiguration table) {
        String resource = "route configuration " + table.name();
        Findings findings = new Findings(resource);
        try {
            HostMatcher.Builder<CompiledVirtualHost> hosts = HostMatcher.builder(table.ignorePortInHostMatching());
            for (int i = 0; i < table.virtualHosts().size(); i++) {
                add(table, i, hosts, findings);
            }
            return new Compiled<>(table, new RouteTable(table.name(), hosts.build()), findings.list(), null);
        } catch (IllegalArgumentException e) {
            Finding rejection = new Finding(resource, "", String.valueOf(e.getMessage()));
            return new Compiled<>(table, null, findings.list(), rejection);
        }
    }

    private static void add(
            RouteConfiguration table, int index, HostMatcher.Builder<CompiledVirtualHost> hosts, Findings findings) {
        VirtualHost host = table.virtualHosts().get(index);
        String path = "virtual_hosts[" + index + "]";
        if (host.requireTls() != VirtualHost.TlsRequirement.NONE) {
            findings.unsupported(path + ".require_tls");
        }
        List<CompiledRoute> routes = new ArrayList<>();
        for (int i = 0; i < host.routes().size(); i++) {
            routes.add(new RouteCompiler(table, host, findings, path + ".routes[" + i + "]")
                    .compile(host.routes().get(i)));
        }
        CompiledVirtualHost compiled = new CompiledVirtualHost(host.name(), routes);
        for (String domain : host.domains()) {
            if (!hosts.add(domain, compiled)) {
                throw new IllegalArgumentException("domain " + domain + " is in more than one virtual host");
            }
        }
    }
}
