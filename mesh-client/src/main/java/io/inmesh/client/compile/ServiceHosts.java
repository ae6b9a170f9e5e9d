package io.inmesh.client.compile;

import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.model.route.VirtualHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Under which names callers reach a service, where its own route table does not say so because that is bound to an address and takes
 * every host. Istio lists the names in virtual hosts of other ports; among them is the short form, if the service is in the caller's
 * own namespace.
 */
final class ServiceHosts {

    private static final String SVC = ".svc.";

    private final Map<String, List<String>> namesByHost = new HashMap<>();
    private final Set<String> ownNamespaces = new HashSet<>();

    ServiceHosts(Collection<RouteConfiguration> tables) {
        for (RouteConfiguration table : tables) {
            table.virtualHosts().forEach(this::learn);
        }
    }

    private void learn(VirtualHost host) {
        for (String domain : host.domains()) {
            int svc = domain.indexOf(SVC);
            int dot = domain.indexOf('.');
            if (svc > 0 && dot > 0 && dot < svc && !domain.endsWith(".")) {
                namesByHost.putIfAbsent(domain, host.domains());
                if (host.domains().contains(domain.substring(0, dot))) {
                    ownNamespaces.add(domain.substring(dot + 1, svc));
                }
            }
        }
    }

    /** The service's names, its full one first. */
    List<String> of(String host) {
        List<String> names = new ArrayList<>();
        names.add(host);
        names.add(host + ".");
        int svc = host.indexOf(SVC);
        int dot = host.indexOf('.');
        if (svc > 0 && dot < svc) {
            names.add(host.substring(0, svc));
            names.add(host.substring(0, svc) + ".svc");
            if (ownNamespaces.contains(host.substring(dot + 1, svc))) {
                names.add(host.substring(0, dot));
            }
        }
        for (String name : namesByHost.getOrDefault(host, List.of())) {
            if (!names.contains(name) && !name.equals("*")) {
                names.add(name);
            }
        }
        return names;
    }
}
