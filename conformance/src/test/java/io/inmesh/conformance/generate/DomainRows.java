package io.inmesh.conformance.generate;

import static io.inmesh.conformance.generate.Texts.otherCase;

import io.inmesh.conformance.config.Tree;
import io.inmesh.conformance.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Authorities that a virtual host's domains take, and those that they nearly take. */
final class DomainRows {

    private static final String DOMAINS = "VirtualHost.domains";

    private DomainRows() {}

    static List<Row> of(Map<String, Object> virtualHost, int port) {
        List<Row> rows = new ArrayList<>();
        for (Object each : (List<?>) java.util.Objects.requireNonNull(virtualHost.get("domains"))) {
            String domain = each.toString();
            if (domain.startsWith("*.")) {
                String rest = domain.substring(1);
                add(rows, "one label under " + domain, DOMAINS, "a" + rest, port);
                add(rows, "two labels under " + domain, DOMAINS, "a.b" + rest, port);
            } else if (!"*".equals(domain)) {
                add(rows, domain, DOMAINS, domain, port);
                add(rows, domain + " in capitals", DOMAINS, otherCase(domain), port);
                add(
                        rows,
                        domain + " with its port",
                        "RouteConfiguration.ignore_port_in_host_matching",
                        domain + ":" + port,
                        -1);
            }
        }
        return rows;
    }

    /** Port 80 is the port of a URL that names none; any other has to be named. */
    private static void add(List<Row> rows, String what, String field, String host, int port) {
        String authority = port < 0 || port == 80 ? host : host + ":" + port;
        rows.add(Rows.of("host " + what, List.of(field), new Draft(authority)));
    }

    /** The same domains as authorities of requests to this port; those without a wildcard, shortest first. */
    static List<String> authorities(Map<String, Object> virtualHost, int port) {
        List<String> plain = new ArrayList<>();
        for (Object each : (List<?>) java.util.Objects.requireNonNull(virtualHost.get("domains"))) {
            String domain = each.toString();
            if (!"*".equals(domain)) {
                String host = domain.startsWith("*.") ? "any" + domain.substring(1) : domain;
                plain.add(port == 80 ? host : host + ":" + port);
            }
        }
        plain.sort(java.util.Comparator.comparingInt(String::length));
        return Tree.copy(plain);
    }
}
