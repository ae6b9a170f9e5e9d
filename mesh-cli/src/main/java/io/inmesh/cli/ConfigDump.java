package io.inmesh.cli;

import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.Origin;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration of one proxy or process, in the shape of Envoy's {@code /config_dump}. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/admin/v3/config_dump_shared.proto">config dump</a>
 */
record ConfigDump(YamlNode.Mapping root) {

    private static final YamlLimits LIMITS = new YamlLimits(256 << 20, 20_000_000, 200);

    /**
     * Reads a dump.
     *
     * @param name of the file or address, for messages
     * @throws InvalidResourceException with the line if it is none
     */
    static ConfigDump read(String name, String json) {
        List<YamlNode> documents = YamlReader.documents(name, json.getBytes(StandardCharsets.UTF_8), LIMITS);
        if (documents.size() == 1
                && documents.get(0) instanceof YamlNode.Mapping root
                && root.entries().get("configs") instanceof YamlNode.Sequence) {
            return new ConfigDump(root);
        }
        throw new InvalidResourceException(new Origin(name, 1), "", "is not the answer of /config_dump");
    }

    List<YamlNode.Mapping> clusters() {
        return inside("ClustersConfigDump", "cluster", "static_clusters", "dynamic_active_clusters");
    }

    List<YamlNode.Mapping> routes() {
        return inside("RoutesConfigDump", "route_config", "static_route_configs", "dynamic_route_configs");
    }

    List<YamlNode.Mapping> endpoints() {
        return inside("EndpointsConfigDump", "endpoint_config", "static_endpoint_configs", "dynamic_endpoint_configs");
    }

    List<YamlNode.Mapping> listeners() {
        List<YamlNode.Mapping> listeners =
                new ArrayList<>(inside("ListenersConfigDump", "listener", "static_listeners"));
        for (YamlNode.Mapping section : sections("ListenersConfigDump")) {
            for (YamlNode.Mapping dynamic : section.objects("dynamic_listeners")) {
                if (dynamic.object("active_state").has("listener")) {
                    listeners.add(dynamic.object("active_state").object("listener"));
                }
            }
        }
        return listeners;
    }

    List<YamlNode.Mapping> secrets() {
        return inside("SecretsConfigDump", "secret", "static_secrets", "dynamic_active_secrets");
    }

    private List<YamlNode.Mapping> inside(String section, String field, String... lists) {
        List<YamlNode.Mapping> found = new ArrayList<>();
        for (YamlNode.Mapping part : sections(section)) {
            for (String list : lists) {
                for (YamlNode.Mapping one : part.objects(list)) {
                    if (one.has(field)) {
                        found.add(one.object(field));
                    }
                }
            }
        }
        return found;
    }

    private List<YamlNode.Mapping> sections(String type) {
        return root.objects("configs").stream()
                .filter(config -> config.text("@type").endsWith("." + type))
                .toList();
    }
}
