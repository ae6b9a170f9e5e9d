package io.inmesh.control.config;

import io.inmesh.control.yaml.YamlLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** YAML text as a snapshot, for tests that need no folder. */
public final class Yaml {

    private Yaml() {}

    /** What one file gives; resources without a namespace are of its folder. */
    public static ConfigSnapshot file(String name, String text) {
        FileContent content = FileContent.NOTHING.next(name, text.getBytes(StandardCharsets.UTF_8), YamlLimits.DEFAULT);
        return new ConfigSnapshot(List.copyOf(content.resources().values()), content.problems(), content.usable());
    }

    public static ConfigSnapshot of(String text) {
        return file("test.yaml", text);
    }

    /** Several files as one snapshot. */
    public static ConfigSnapshot all(List<ConfigSnapshot> parts) {
        return new ConfigSnapshot(
                parts.stream().flatMap(part -> part.resources().stream()).toList(),
                parts.stream().flatMap(part -> part.problems().stream()).toList(),
                true);
    }
}
