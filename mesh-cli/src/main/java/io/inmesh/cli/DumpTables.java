package io.inmesh.cli;

import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** The tables of {@code proxy-config}, with istioctl's headers and words. Stateless. */
final class DumpTables {

    private static final int SHOWN_DOMAINS = 2;

    private DumpTables() {}

    static TextTable clusters(ConfigDump dump) {
        TextTable table = new TextTable("SERVICE FQDN", "PORT", "SUBSET", "DIRECTION", "TYPE", "DESTINATION RULE");
        for (YamlNode.Mapping cluster : dump.clusters()) {
            String type = cluster.has("type")
                    ? cluster.text("type")
                    : cluster.object("cluster_type").text("name");
            String[] parts = cluster.text("name").split("\\|", -1);
            boolean istios = parts.length == 4;
            table.row(
                    istios ? orDash(parts[3]) : cluster.text("name"),
                    istios ? orDash(parts[1]) : "-",
                    istios ? orDash(parts[2]) : "-",
                    istios ? parts[0].replaceAll("_?\\.$", "") : "-",
                    type.isEmpty() ? "STATIC" : type,
                    resource(cluster));
        }
        return table.sorted();
    }

    static TextTable routes(ConfigDump dump) {
        TextTable table = new TextTable("NAME", "VHOST NAME", "DOMAINS", "MATCH", "VIRTUAL SERVICE");
        for (YamlNode.Mapping configuration : dump.routes()) {
            for (YamlNode.Mapping host : configuration.objects("virtual_hosts")) {
                for (YamlNode.Mapping route : host.objects("routes")) {
                    table.row(
                            configuration.text("name"),
                            host.text("name"),
                            domains(host.texts("domains")),
                            match(route.object("match")),
                            resource(route));
                }
            }
        }
        return table;
    }

    static TextTable endpoints(ConfigDump dump) {
        TextTable table = new TextTable("NAME", "STATUS", "LOCALITY", "CLUSTER");
        for (YamlNode.Mapping assignment : dump.endpoints()) {
            for (YamlNode.Mapping locality : assignment.objects("endpoints")) {
                for (YamlNode.Mapping endpoint : locality.objects("lb_endpoints")) {
                    String health = endpoint.text("health_status");
                    table.row(
                            address(endpoint.object("endpoint").object("address")),
                            health.isEmpty() || health.equals("UNKNOWN") ? "HEALTHY" : health,
                            place(locality.object("locality")),
                            assignment.text("cluster_name"));
                }
            }
        }
        return table.sorted();
    }

    private static String address(YamlNode.Mapping address) {
        YamlNode.Mapping socket = address.object("socket_address");
        if (socket.entries().isEmpty()) {
            String path = address.object("pipe").text("path");
            return path.isEmpty() ? "-" : "unix://" + path;
        }
        return socket.text("address") + ":" + socket.text("port_value");
    }

    private static String place(YamlNode.Mapping locality) {
        List<String> parts = new ArrayList<>();
        for (String part : List.of("region", "zone", "sub_zone")) {
            if (locality.has(part)) {
                parts.add(locality.text(part));
            }
        }
        return String.join("/", parts);
    }

    private static String domains(List<String> domains) {
        String first = String.join(", ", domains.subList(0, Math.min(SHOWN_DOMAINS, domains.size())));
        int more = domains.size() - SHOWN_DOMAINS;
        return more > 0 ? first + " + " + more + " more..." : first;
    }

    private static String match(YamlNode.Mapping match) {
        if (match.has("path")) {
            return match.text("path");
        } else if (match.has("safe_regex")) {
            return "regex " + match.object("safe_regex").text("regex");
        } else if (match.has("path_separated_prefix")) {
            return match.text("path_separated_prefix") + "/*";
        }
        return match.text("prefix") + "*";
    }

    /** The resource that something comes from, as {@code name.namespace}, from the path in Istio's metadata. */
    static String resource(YamlNode.Mapping from) {
        String path = from.object("metadata")
                .object("filter_metadata")
                .object("istio")
                .text("config");
        String[] parts = path.split("/", -1);
        return parts.length < 3 ? "" : parts[parts.length - 1] + "." + parts[parts.length - 3];
    }

    static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
