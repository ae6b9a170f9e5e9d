package io.inmesh.control.state;

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
}
