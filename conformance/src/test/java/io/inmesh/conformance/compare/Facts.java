package io.inmesh.conformance.compare;

import io.inmesh.conformance.echo.Arrival;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.side.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An answer as named facts. */
public final class Facts {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[49ab][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    private Facts() {}

    public static Map<String, String> of(Answer answer) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("status", String.valueOf(answer.response().status()));
        facts.put("body", answer.response().body());
        headers("header.", answer.response().headers(), facts);
        facts.put("flags", Arrays.stream(answer.flags().split(",")).sorted().collect(Collectors.joining(",")));
        facts.put("route", answer.route());
        facts.put("cluster", answer.cluster());
        facts.put("attempts", String.valueOf(answer.attempts()));
        facts.put("host", answer.host());
        facts.put(
                "hosts",
                pattern(answer.arrivals().stream().map(Arrival::endpoint).toList()));
        facts.put("details", answer.details());
        facts.put("arrivals", String.valueOf(answer.arrivals().size()));
        for (int i = 0; i < answer.arrivals().size(); i++) {
            arrival("arrival." + i + ".", answer.arrivals().get(i), facts);
        }
        return facts;
    }

    private static void arrival(String prefix, Arrival arrival, Map<String, String> facts) {
        facts.put(prefix + "method", arrival.request().method());
        facts.put(prefix + "path", arrival.request().path());
        facts.put(prefix + "authority", arrival.request().authority());
        facts.put(prefix + "body", arrival.request().body());
        headers(prefix + "header.", arrival.request().headers(), facts);
    }

    private static void headers(String prefix, List<Header> headers, Map<String, String> facts) {
        for (Header header : headers) {
            facts.merge(prefix + header.lowerName(), value(header), (one, two) -> one + "," + two);
        }
    }

    /** A request id is random. A cookie that is made has a value that no two callers share; what is compared is its form. */
    private static String value(Header header) {
        if (header.lowerName().equals("x-request-id")
                && UUID.matcher(header.value()).matches()) {
            return "(a random UUID)";
        }
        return header.lowerName().equals("set-cookie")
                ? header.value().replaceFirst("\"[0-9a-f]{16}\"", "\"(16 hex)\"")
                : header.value();
    }

    /** Which attempts reached the same host: {@code 0,1,0} for the first, another, the first again. */
    private static String pattern(List<String> hosts) {
        List<String> seen = new ArrayList<>();
        return hosts.stream()
                .map(host -> {
                    if (!seen.contains(host)) {
                        seen.add(host);
                    }
                    return String.valueOf(seen.indexOf(host));
                })
                .collect(Collectors.joining(","));
    }
}
