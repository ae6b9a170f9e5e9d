package io.inmesh.control.state;

import io.inmesh.control.config.KubernetesService;
import io.inmesh.control.config.VirtualService;
import java.util.Set;
import java.util.stream.Collectors;

/** Istio's host names: short ones are of the namespace of the resource that writes them. */
public final class Hosts {

    private Hosts() {}

    /** The fully qualified name of a host that a resource of a namespace writes. */
    public static String qualify(String host, String namespace, String clusterDomain) {
        boolean complete = host.indexOf('.') >= 0 || host.indexOf(':') >= 0 || host.equals("*");
        return complete ? host : host + "." + namespace + ".svc." + clusterDomain;
    }

    /** Whether a pattern, exact or beginning with {@code *}, covers a host. */
    public static boolean matches(String pattern, String host) {
        if (pattern.startsWith("*")) {
            return pattern.equals("*") || (host.length() >= pattern.length() && host.endsWith(pattern.substring(1)));
        }
        return pattern.equals(host);
    }

    /** Names within one cluster's domain. */
    record Names(String clusterDomain) {

        String of(KubernetesService service) {
            return service.meta().name() + "." + service.meta().namespace() + ".svc." + clusterDomain;
        }

        String qualified(String host, String namespace) {
            return qualify(host, namespace, clusterDomain);
        }

        /** The hosts of a VirtualService: those that are wildcards, or the others. */
        Set<String> of(VirtualService virtual, boolean wildcards) {
            return virtual.hosts().stream()
                    .filter(host -> host.startsWith("*") == wildcards)
                    .map(host -> qualified(host, virtual.meta().namespace()))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
