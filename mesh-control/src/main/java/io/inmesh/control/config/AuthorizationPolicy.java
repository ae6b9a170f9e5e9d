package io.inmesh.control.config;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Istio's AuthorizationPolicy, read so that nothing that we cannot honour ever lets a request through: what is unknown in an ALLOW
 * rule makes its part match nothing, in a DENY rule the part matches more.
 *
 * @param selector labels of the workloads; empty means the whole namespace, or the mesh if it is the root namespace
 * @param dryRun it decides nothing and only tells what it would have decided
 * @param elsewhere it is for gateways or waypoints, not for the workloads of its namespace
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/">AuthorizationPolicy</a>
 */
public record AuthorizationPolicy(
        Meta meta, Map<String, String> selector, Action action, List<Rule> rules, boolean dryRun, boolean elsewhere)
        implements Resource {

    /** What happens to a request that a rule matches. */
    public enum Action {
        ALLOW,
        DENY,
        /** The request passes and is told of. */
        AUDIT
    }

    /** As Istio writes it. */
    enum WrittenAction {
        ALLOW,
        DENY,
        AUDIT,
        CUSTOM
    }

    /** One of {@code from}, one of {@code to} (if there are any) and every one of {@code when} must match. */
    public record Rule(List<Source> from, List<Operation> to, List<Condition> when) {

        /** Matches every request. */
        public static final Rule ALL = new Rule(List.of(), List.of(), List.of());

        static Rule read(Fields rule) {
            List<Source> from = rule.list("from", Source::read);
            List<Operation> to = rule.list("to", Operation::read);
            return new Rule(from, to, rule.list("when", Condition::read));
        }
    }

    /** Who calls; honoured is false if a part of it could not be read or cannot be checked */
    public record Source(
            Values principals,
            Values requestPrincipals,
            Values namespaces,
            Values serviceAccounts,
            Values trustDomains,
            Values ipBlocks,
            Values remoteIpBlocks,
            boolean honoured) {
        static Source read(Fields from) {
            int before = from.report().count();
            Source source =
                    from.object("source", Source::parts).orElseThrow(() -> from.invalid("source", "is required"));
            return from.report().count() == before ? source : source.unhonoured();
        }

        private static Source parts(Fields source) {
            Source parts = new Source(
                    Values.read(source, "principals", "notPrincipals"),
                    Values.read(source, "requestPrincipals", "notRequestPrincipals"),
                    Values.read(source, "namespaces", "notNamespaces"),
                    Values.read(source, "serviceAccounts", "notServiceAccounts"),
                    Values.read(source, "trustDomains", "notTrustDomains"),
                    Values.read(source, "ipBlocks", "notIpBlocks").checked(source, "ipBlocks", Values::block),
                    Values.read(source, "remoteIpBlocks", "notRemoteIpBlocks")
                            .checked(source, "remoteIpBlocks", Values::block),
                    true);
            if (!parts.serviceAccounts.all() && !(parts.principals.all() && parts.namespaces.all())) {
                throw source.invalid("serviceAccounts", "Cannot set serviceAccounts with namespaces or principals");
            }
            return parts;
        }

        private Source unhonoured() {
            return new Source(
                    principals,
                    requestPrincipals,
                    namespaces,
                    serviceAccounts,
                    trustDomains,
                    ipBlocks,
                    remoteIpBlocks,
                    false);
        }
    }

    /** What is asked for; honoured is false if a part of it could not be read or cannot be checked */
    public record Operation(Values hosts, Values ports, Values methods, Values paths, boolean honoured) {
        static Operation read(Fields to) {
            int before = to.report().count();
            Operation operation =
                    to.object("operation", Operation::parts).orElseThrow(() -> to.invalid("operation", "is required"));
            return new Operation(
                    operation.hosts,
                    operation.ports,
                    operation.methods,
                    operation.paths,
                    to.report().count() == before);
        }

        private static Operation parts(Fields operation) {
            return new Operation(
                    Values.read(operation, "hosts", "notHosts"),
                    Values.read(operation, "ports", "notPorts").checked(operation, "ports", Values::port),
                    Values.read(operation, "methods", "notMethods"),
                    Values.read(operation, "paths", "notPaths"),
                    true);
        }
    }

    /** One attribute, such as {@code request.headers[x-role]}. */
    public record Condition(String key, Values values) {

        private static final Pattern CHECKABLE = Pattern.compile(
                "request\\.headers\\[[^\\]]+\\]|source\\.(namespace|principal|serviceAccount|trustDomain)|connection\\.sni"
                        + "|request\\.auth\\.(principal|audiences|presenter|claims(\\[[^\\[\\]]+\\])+)");

        static Condition read(Fields condition) {
            Condition read = new Condition(condition.required("key"), Values.read(condition, "values", "notValues"));
            if (read.values.any().isEmpty() && read.values.none().isEmpty()) {
                throw condition.invalid("values", "one of values and notValues is required");
            }
            switch (read.key) {
                case "source.ip", "remote.ip", "destination.ip" ->
                    read.values.checked(condition, "values", Values::block);
                case "destination.port" -> read.values.checked(condition, "values", Values::port);
                default -> {
                    if (!CHECKABLE.matcher(read.key).matches()) {
                        condition
                                .report()
                                .unsupported(
                                        condition.originOf("key"),
                                        condition.path() + ".key",
                                        "'" + read.key
                                                + "' cannot be checked: an ALLOW rule with it matches nothing,"
                                                + " a DENY rule matches without it");
                    }
                }
            }
            return read;
        }
    }

    /** One of {@code any} (if there are any) and none of {@code none} must match. */
    public record Values(List<String> any, List<String> none) {

        private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
        private static final Pattern CIDR4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}(/([0-9]|[12][0-9]|3[0-2]))?");
        private static final Pattern CIDR6 = Pattern.compile(
                "(?=[^/]*::|([^/:]*:){7}[^/:]+(/|$))(?!.*::.*::)[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}(/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))?");

        static Values read(Fields fields, String any, String none) {
            return new Values(nonEmpty(fields, any), nonEmpty(fields, none));
        }

        /** Whether every value passes. */
        public boolean all() {
            return any.isEmpty() && none.isEmpty();
        }

        Values checked(Fields fields, String name, Predicate<String> valid) {
            for (String value : Stream.concat(any.stream(), none.stream()).toList()) {
                if (!valid.test(value)) {
                    throw fields.invalid(name, "'" + value + "' is not valid here");
                }
            }
            return this;
        }

        private static boolean port(String value) {
            return value.matches("[0-9]{1,5}") && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= 65_535;
        }

        private static boolean block(String value) {
            return CIDR4.matcher(value).matches() || CIDR6.matcher(value).matches();
        }

        private static List<String> nonEmpty(Fields fields, String name) {
            List<String> values = fields.texts(name);
            if ((fields.has(name) && values.isEmpty()) || values.contains("")) {
                throw fields.invalid(name, "must not be empty nor hold empty text");
            }
            return values;
        }
    }

    static AuthorizationPolicy read(Meta meta, Fields spec) {
        Map<String, String> selector = Selectors.matchLabels(spec);
        WrittenAction action = spec.choice("action", WrittenAction.class).orElse(WrittenAction.ALLOW);
        List<Rule> rules = spec.list("rules", Rule::read);
        boolean dryRun = "true".equals(meta.annotations().get("istio.io/dry-run"));
        spec.unsupported("targetRefs", "targetRef");
        if (action == WrittenAction.CUSTOM) {
            spec.irrelevant("provider");
            spec.report()
                    .unsupported(
                            meta.origin(), "spec.action", "CUSTOM is not supported yet: what it matches is denied");
        }
        boolean elsewhere = spec.has("targetRefs") || spec.has("targetRef");
        return new AuthorizationPolicy(
                meta,
                selector,
                switch (action) {
                    case ALLOW -> Action.ALLOW;
                    case AUDIT -> Action.AUDIT;
                    case DENY, CUSTOM -> Action.DENY;
                },
                rules,
                dryRun,
                elsewhere);
    }

    /** What stands in for a policy that cannot be honoured: nobody may call these workloads. */
    public static AuthorizationPolicy denyAll(Meta meta, Map<String, String> selector) {
        return new AuthorizationPolicy(meta, selector, Action.DENY, List.of(Rule.ALL), false, false);
    }
}
