package io.inmesh.cli;

import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Listeners with what each of their filter chains takes and where it leads. Stateless. */
final class ListenerTable {

    private ListenerTable() {}

    static TextTable of(ConfigDump dump) {
        TextTable table = new TextTable("ADDRESSES", "PORT", "MATCH", "DESTINATION");
        for (YamlNode.Mapping listener : dump.listeners()) {
            YamlNode.Mapping socket = listener.object("address").object("socket_address");
            List<YamlNode.Mapping> chains = new ArrayList<>(listener.objects("filter_chains"));
            if (listener.has("default_filter_chain")) {
                chains.add(listener.object("default_filter_chain"));
            }
            for (YamlNode.Mapping chain : chains) {
                table.row(
                        DumpTables.orDash(socket.text("address")),
                        DumpTables.orDash(socket.text("port_value")),
                        match(chain.object("filter_chain_match")),
                        destination(chain));
            }
        }
        return table;
    }

    private static String match(YamlNode.Mapping match) {
        List<String> parts = new ArrayList<>();
        if (!match.texts("server_names").isEmpty()) {
            parts.add("SNI: " + String.join(",", match.texts("server_names")));
        }
        if (match.has("transport_protocol")) {
            parts.add("Trans: " + match.text("transport_protocol"));
        }
        if (!match.texts("application_protocols").isEmpty()) {
            parts.add("App: " + String.join(",", match.texts("application_protocols")));
        }
        List<YamlNode.Mapping> ranges = match.objects("prefix_ranges");
        if (!ranges.isEmpty()) {
            parts.add("Addr: " + ranges.get(0).text("address_prefix") + "/"
                    + ranges.get(0).text("prefix_len"));
        }
        if (match.has("destination_port")) {
            parts.add("Port: " + match.text("destination_port"));
        }
        return parts.isEmpty() ? "ALL" : String.join("; ", parts);
    }

    private static String destination(YamlNode.Mapping chain) {
        for (YamlNode.Mapping filter : chain.objects("filters")) {
            YamlNode.Mapping config = filter.object("typed_config");
            if (config.has("rds")) {
                return "Route: " + config.object("rds").text("route_config_name");
            } else if (config.has("route_config")) {
                return "Inline Route: " + config.object("route_config").text("name");
            } else if (config.has("cluster")) {
                return "Cluster: " + config.text("cluster");
            } else if (config.has("weighted_clusters")) {
                return "Clusters: "
                        + String.join(
                                ", ",
                                config.object("weighted_clusters").objects("clusters").stream()
                                        .map(cluster -> cluster.text("name") + " " + cluster.text("weight"))
                                        .toList());
            }
        }
        return "Non-HTTP/Non-TCP";
    }
}
