package io.inmesh.conformance.mutate;

import io.inmesh.conformance.config.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a decoder can get wrong about each MUST field. */
public final class Mistakes {

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake("first domain another", "VirtualHost.domains", "domains", Mistakes::firstLonger),
            new Mistake(
                    "ports count",
                    "RouteConfiguration.ignore_port_in_host_matching",
                    "ignorePortInHostMatching",
                    old -> null),
            new Mistake("first route last", "VirtualHost.routes", "routes", Mistakes::firstLast),
            new Mistake(
                    "header's match inverted",
                    "HeaderMatcher.name=:method",
                    "headers",
                    list -> inverted(list, ":method")),
            new Mistake("path one character longer", "RouteMatch.path", "path", old -> old + "x"),
            new Mistake("prefix one character longer", "RouteMatch.prefix", "prefix", old -> old + "x"),
            new Mistake("regex one character longer", "RouteMatch.safe_regex", "regex", old -> old + "x"),
            new Mistake("exact value one character longer", "StringMatcher.exact", "exact", old -> old + "x"),
            new Mistake("prefix of a value one character longer", "StringMatcher.prefix", "prefix", old -> old + "x"),
            new Mistake("regex of a value one character longer", "StringMatcher.safe_regex", "regex", old -> old + "x"),
            new Mistake(
                    "presence inverted",
                    "HeaderMatcher.present_match",
                    "presentMatch",
                    old -> !Boolean.TRUE.equals(old)),
            new Mistake("another cluster", "RouteAction.cluster", "cluster", old -> old + "x"),
            new Mistake(
                    "weights dropped",
                    "WeightedCluster.ClusterWeight.weight",
                    "weightedClusters",
                    Mistakes::firstCluster),
            new Mistake("timeout dropped", "RouteAction.timeout", "timeout", old -> "0s"),
            new Mistake("one retry fewer", "RetryPolicy.num_retries", "numRetries", old -> number(old) - 1),
            new Mistake("one retry more", "RetryPolicy.num_retries", "numRetries", old -> number(old) + 1),
            new Mistake("retries dropped", "RouteAction.retry_policy", "retryPolicy", old -> null),
            new Mistake("no timeout of an attempt", "RetryPolicy.per_try_timeout", "perTryTimeout", old -> null),
            new Mistake(
                    "statuses off by one",
                    "RetryPolicy.retriable_status_codes",
                    "retriableStatusCodes",
                    Mistakes::offByOne),
            new Mistake("delay dropped", "HTTPFault.delay", "delay", old -> null),
            new Mistake("delay of nothing", "FaultDelay.fixed_delay", "fixedDelay", old -> "0s"),
            new Mistake("abort dropped", "HTTPFault.abort", "abort", old -> null),
            new Mistake("fault's status off by one", "FaultAbort.http_status", "httpStatus", old -> number(old) + 1),
            new Mistake(
                    "fault's percentage is none", "FaultAbort.percentage", "percentage", old -> Map.of("numerator", 0)),
            new Mistake(
                    "a connection more",
                    "CircuitBreakers.Thresholds.max_connections",
                    "maxConnections",
                    old -> number(old) + 1),
            new Mistake(
                    "a waiting request more",
                    "CircuitBreakers.Thresholds.max_pending_requests",
                    "maxPendingRequests",
                    old -> number(old) + 1),
            new Mistake(
                    "a request more", "CircuitBreakers.Thresholds.max_requests", "maxRequests", old -> number(old) + 1),
            new Mistake(
                    "a retry more at once",
                    "CircuitBreakers.Thresholds.max_retries",
                    "maxRetries",
                    old -> number(old) + 1),
            new Mistake(
                    "a request more for each connection",
                    "HttpProtocolOptions.max_requests_per_connection",
                    "maxRequestsPerConnection",
                    old -> number(old) + 1),
            new Mistake("ten times the time to connect", "Cluster.connect_timeout", "connectTimeout", old -> "10s"));

    private static final String RETRY_ON = "RetryPolicy.retry_on=";

    private Mistakes() {}

    /** The mistakes about these fields. */
    public static List<Mistake> forAny(List<String> fields) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String field : fields) {
            MISTAKES.stream().filter(mistake -> mistake.field().equals(field)).forEach(mistakes::add);
            if (field.startsWith(RETRY_ON)) {
                mistakes.add(dropped(field.substring(RETRY_ON.length())));
            }
        }
        return mistakes;
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private static Object firstLonger(Object domains) {
        List<Object> changed = new ArrayList<>((List<?>) domains);
        changed.set(0, changed.get(0) + "x");
        return changed;
    }

    private static Object firstLast(Object routes) {
        List<Object> changed = new ArrayList<>((List<?>) routes);
        changed.add(changed.remove(0));
        return changed;
    }

    private static Object firstCluster(Object weighted) {
        Map<String, Object> changed = Tree.asObject(Tree.copy(weighted));
        changed.put("clusters", List.of(Tree.objects(changed, "clusters").get(0)));
        return changed;
    }

    private static Mistake dropped(String condition) {
        return new Mistake(
                "condition " + condition + " dropped", RETRY_ON + condition, "retryOn", old -> without(old, condition));
    }

    private static Object without(Object conditions, String dropped) {
        return Arrays.stream(conditions.toString().split(",", -1))
                .filter(condition -> !condition.equals(dropped))
                .collect(Collectors.joining(","));
    }

    private static Object inverted(Object headers, String name) {
        List<Map<String, Object>> list = Tree.asObjects(Tree.copy(headers));
        for (Map<String, Object> header : list) {
            if (name.equals(header.get("name"))) {
                header.put("invertMatch", !Boolean.TRUE.equals(header.get("invertMatch")));
            }
        }
        return list;
    }

    private static Object offByOne(Object codes) {
        List<Object> changed = new ArrayList<>();
        ((List<?>) codes).forEach(code -> changed.add(((Number) code).intValue() + 1));
        return changed;
    }
}
