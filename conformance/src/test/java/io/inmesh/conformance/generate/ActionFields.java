package io.inmesh.conformance.generate;

import io.inmesh.conformance.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields of a route that decide what becomes of a request that meets it; those that nearly every route sets are left out. */
final class ActionFields {

    private static final List<String> OF_ROUTE = List.of(
            "requestHeadersToAdd", "requestHeadersToRemove", "responseHeadersToAdd", "responseHeadersToRemove", "name");
    private static final List<String> OF_ACTION = List.of("prefixRewrite", "hostRewriteLiteral", "regexRewrite");
    private static final List<String> OF_REDIRECT =
            List.of("hostRedirect", "pathRedirect", "prefixRewrite", "schemeRedirect", "portRedirect", "responseCode");

    private ActionFields() {}

    static List<String> of(Map<String, Object> route) {
        List<String> fields = new ArrayList<>();
        add(fields, "Route", OF_ROUTE, route);
        add(fields, "RouteAction", OF_ACTION, Tree.object(route, "route"));
        add(fields, "RedirectAction", OF_REDIRECT, Tree.object(route, "redirect"));
        add(fields, "DirectResponseAction", List.of("status"), Tree.object(route, "directResponse"));
        return fields;
    }

    /** Whether requests go on to an upstream. */
    static boolean forwards(Map<String, Object> route) {
        return route.containsKey("route");
    }

    private static void add(List<String> fields, String message, List<String> names, Map<String, Object> node) {
        for (String name : names) {
            if (node.containsKey(name)) {
                fields.add(message + "." + name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT));
            }
        }
    }
}
