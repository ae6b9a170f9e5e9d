package io.inmesh.conformance.compare;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The reviewed list of what is not compared, each with its reason. */
public final class NotCompared {

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry(
                    "host",
                    "which of several hosts is chance; 'hosts' compares the pattern, and rows about balancing count hosts"),
            Map.entry(
                    "header\\.x-envoy-decorator-operation",
                    "tracing between proxies tells the caller's proxy a span's name"),
            Map.entry("header\\.date", "the time of the response"),
            Map.entry("header\\.server", "Envoy names itself as a server; a library is none"),
            Map.entry("header\\.x-envoy-upstream-service-time", "a duration"),
            Map.entry(
                    "header\\.(connection|transfer-encoding|content-length)",
                    "framing between Envoy and its caller; in process there is none"),
            Map.entry(
                    "arrival\\.\\d+\\.header\\.(connection|transfer-encoding|content-length)",
                    "framing between each transport and the upstream"),
            Map.entry(
                    "arrival\\.[1-9]\\d*\\.header\\.x-envoy-expected-rq-timeout-ms",
                    "what a retry finds left of the timeout, in milliseconds of this run"),
            Map.entry(
                    "arrival\\.[1-9]\\d*\\.header\\.x-forwarded-for",
                    "a copy names the machine that sent it, and each side finds its own address"));

    /** The headers that OkHttp adds to every request by itself; a bare one and one of the mesh add the same. */
    public static final Set<String> ADDED_BY_OKHTTP = Set.of("user-agent", "accept-encoding");

    private NotCompared() {}

    /** Why the fact is not compared; empty if it is. */
    public static Optional<String> reason(String fact) {
        return REASONS.entrySet().stream()
                .filter(entry -> Pattern.matches(entry.getKey(), fact))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
