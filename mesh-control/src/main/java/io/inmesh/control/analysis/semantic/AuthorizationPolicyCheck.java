package io.inmesh.control.analysis.semantic;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** AuthorizationPolicy: rules that say something, with values that can be compared. Stateless. */
final class AuthorizationPolicyCheck {

    private static final List<String> SOURCES = List.of(
            "principals",
            "notPrincipals",
            "requestPrincipals",
            "notRequestPrincipals",
            "namespaces",
            "notNamespaces",
            "ipBlocks",
            "notIpBlocks",
            "remoteIpBlocks",
            "notRemoteIpBlocks",
            "serviceAccounts",
            "notServiceAccounts",
            "trustDomains",
            "notTrustDomains");
    private static final List<String> OPERATIONS =
            List.of("hosts", "notHosts", "ports", "notPorts", "methods", "notMethods", "paths", "notPaths");
    private static final Set<String> KEYS = Set.of(
            "source.ip",
            "remote.ip",
            "source.namespace",
            "source.serviceAccount",
            "source.principal",
            "source.trustDomain",
            "request.auth.principal",
            "request.auth.audiences",
            "request.auth.presenter",
            "destination.ip",
            "destination.port",
            "connection.sni");
    private static final List<String> OF_TCP = List.of(
            "principals",
            "notPrincipals",
            "ipBlocks",
            "notIpBlocks",
            "namespaces",
            "notNamespaces",
            "remoteIpBlocks",
            "notRemoteIpBlocks",
            "serviceAccounts",
            "notServiceAccounts");
    private static final Pattern PATH_TEMPLATE = Pattern.compile("(/(\\{\\*}|\\{\\*\\*}|[^{}*/]*))+");

    private AuthorizationPolicyCheck() {}

    static void check(Spot spec) {
        CommonChecks.selector(spec.object("selector"), "matchLabels");
        String action = spec.has("action") ? spec.text("action") : "ALLOW";
        if (action.equals("CUSTOM")) {
            spec.refuseIf(
                    !spec.has("rules"),
                    "rules",
                    "CUSTOM action without `rules` is meaningless as it will never be triggered, add an empty rule `{}` if you"
                            + " want it be triggered for every request");
            spec.refuseIf(
                    spec.has("rules") && spec.object("provider").text("name").isEmpty(),
                    "provider",
                    "`provider.name` must not be empty");
            spec.objects("rules").forEach(AuthorizationPolicyCheck::custom);
        }
        spec.refuseIf(
                spec.has("provider") && !action.equals("CUSTOM"),
                "provider",
                "`provider` must not be with non CUSTOM action, found " + action);
        spec.refuseIf(
                action.equals("DENY") && !spec.has("rules"),
                "rules",
                "DENY action without `rules` is meaningless as it will never be triggered, add an empty rule `{}` if you want it"
                        + " be triggered for every request");
        for (Spot rule : spec.objects("rules")) {
            rule(rule);
            if (action.equals("DENY") && onlyHttp(rule)) {
                rule.warn(
                        "",
                        "configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only"
                                + " HTTP attributes in a DENY rule; it is recommended to explicitly specify the port");
            }
        }
    }

    private static boolean onlyHttp(Spot rule) {
        boolean tcpFrom = rule.objects("from").stream()
                .anyMatch(from -> from.object("source").hasAny(OF_TCP.toArray(String[]::new)));
        boolean tcpTo = rule.objects("to").stream()
                .anyMatch(to -> to.object("operation").hasAny("ports", "notPorts"));
        boolean from = !rule.objects("from").isEmpty();
        boolean to = !rule.objects("to").isEmpty();
        return (from && !to && !tcpFrom) || (to && !tcpTo);
    }

    private static void custom(Spot rule) {
        for (Spot from : rule.objects("from")) {
            for (String field : SOURCES) {
                boolean address = field.endsWith("pBlocks");
                Spot source = from.object("source");
                source.refuseIf(
                        !address && source.has(field), field, field + " is currently not supported with CUSTOM action");
            }
        }
        for (Spot when : rule.objects("when")) {
            String key = when.text("key");
            boolean identity =
                    key.startsWith("request.auth.") || (key.startsWith("source.") && !key.equals("source.ip"));
            when.refuseIf(identity, "key", key + " is currently not supported with CUSTOM action");
        }
    }

    private static void rule(Spot rule) {
        notEmpty(rule, "from");
        notEmpty(rule, "to");
        for (Spot from : rule.objects("from")) {
            filled(from, "source", SOURCES);
            Spot source = from.object("source");
            for (String field : List.of("ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks")) {
                addresses(source, field, field);
            }
            trustDomains(source);
        }
        for (Spot to : rule.objects("to")) {
            filled(to, "operation", OPERATIONS);
            Spot operation = to.object("operation");
            ports(operation, "ports");
            ports(operation, "notPorts");
            for (String field : List.of("paths", "notPaths")) {
                operation.value().texts(field).forEach(path -> template(operation, field, path));
            }
        }
        rule.objects("when").forEach(AuthorizationPolicyCheck::condition);
    }

    private static void notEmpty(Spot rule, String field) {
        rule.refuseIf(
                rule.has(field) && rule.value().list(field).isEmpty(), field, "`" + field + "` must not be empty");
    }

    private static void filled(Spot part, String field, List<String> fields) {
        Spot inside = part.object(field);
        boolean any =
                fields.stream().anyMatch(name -> !inside.value().list(name).isEmpty());
        part.refuseIf(!any, field, "`" + field + "` must not be empty");
        for (String name : fields) {
            inside.refuseIf(
                    inside.value().texts(name).contains(""), name, "`" + name + "` must not have an empty value");
        }
    }

    private static void trustDomains(Spot source) {
        for (String field : List.of("trustDomains", "notTrustDomains")) {
            for (String domain : source.value().texts(field)) {
                source.refuseIf(domain.contains("/"), field, "trust domain \"" + domain + "\" must not have a slash");
            }
        }
        for (String field : List.of("serviceAccounts", "notServiceAccounts")) {
            for (String account : source.value().texts(field)) {
                source.refuseIf(
                        account.contains("*")
                                || account.chars().filter(c -> c == '/').count() > 1,
                        field,
                        "service account \"" + account
                                + "\" must be of form <namespace>/<name> or <name>, without wildcards");
            }
        }
    }

    private static void addresses(Spot spot, String field, String shown) {
        for (String address : spot.value().texts(field)) {
            spot.refuseIf(
                    !Addresses.isAddressOrRange(address), field, "invalid ip address " + address + " in " + shown);
        }
    }

    private static void ports(Spot spot, String field) {
        for (String port : spot.value().texts(field)) {
            boolean fine = port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65_535 && !port.equals("0");
            spot.refuseIf(!fine, field, "invalid port " + port);
        }
    }

    private static void template(Spot operation, String field, String path) {
        if (path.contains("{*}") || path.contains("{**}")) {
            boolean twice = path.indexOf("{**}") != path.lastIndexOf("{**}");
            operation.refuseIf(
                    twice || !PATH_TEMPLATE.matcher(path).matches(), field, "invalid path template: " + path);
        }
    }

    private static void condition(Spot when) {
        String key = when.text("key");
        when.refuseIf(
                when.value().list("values").isEmpty()
                        && when.value().list("notValues").isEmpty(),
                "values",
                "at least one of `values` or `notValues` must be set for key " + key);
        boolean header = key.matches("request\\.headers\\[[^\\[\\]]+]");
        boolean claim = key.matches("request\\.auth\\.claims(\\[[^\\[\\]]+])+");
        boolean filter = key.startsWith("experimental.envoy.filters.");
        when.refuseIf(!KEYS.contains(key) && !header && !claim && !filter, "key", "unknown attribute: " + key);
        for (String field : List.of("values", "notValues")) {
            if (key.endsWith(".ip")) {
                addresses(when, field, key);
            } else if (key.equals("destination.port")) {
                ports(when, field);
            }
        }
    }
}
