package io.inmesh.control.config;

import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that some files hold, of whatever kind.
 *
 * @param unreadable files that are no YAML or JSON, and documents that are no objects
 */
public record WrittenResources(List<WrittenResource> resources, List<Problem> unreadable) {

    public WrittenResources {
        resources = List.copyOf(resources);
        unreadable = List.copyOf(unreadable);
    }

    /** A list of resources stands for its items, as it does for kubectl. */
    static List<YamlNode> flat(YamlNode document) {
        boolean list = document instanceof YamlNode.Mapping object
                && object.text("kind").endsWith("List")
                && object.text("apiVersion").indexOf('/') < 0
                && object.entries().get("items") instanceof YamlNode.Sequence;
        if (!list) {
            return List.of(document);
        }
        List<YamlNode> items = new ArrayList<>();
        ((YamlNode.Mapping) document).list("items").forEach(item -> items.addAll(flat(item)));
        return items;
    }
}
