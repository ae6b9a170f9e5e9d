package io.inmesh.control.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that the operators wrote, at one moment. Immutable.
 *
 * @param resources one of each kind, namespace and name
 * @param problems of the files as they are now, also where a last good version is used
 * @param complete false if a file could not be read and has no last good version: such a state must not be served, because what is
 *     missing may be what forbids something
 */
public record ConfigSnapshot(List<Resource> resources, List<Problem> problems, boolean complete) {

    /** Nothing, and nothing missing. */
    public static final ConfigSnapshot EMPTY = new ConfigSnapshot(List.of(), List.of(), true);

    public ConfigSnapshot {
        resources = List.copyOf(resources);
        problems = List.copyOf(problems);
    }

    /** What one file of YAML says; resources without a namespace are of its folder. */
    public static ConfigSnapshot ofYaml(String file, String text) {
        FileContent content = FileContent.NOTHING.next(file, text.getBytes(StandardCharsets.UTF_8), YamlLimits.DEFAULT);
        return new ConfigSnapshot(List.copyOf(content.resources().values()), content.problems(), content.usable());
    }

    /** The resources of one type, in the order of files and lines. */
    public <R extends Resource> List<R> of(Class<R> type) {
        return resources.stream()
                .filter(type::isInstance)
                .map((Function<Resource, R>) type::cast)
                .collect(Collectors.toUnmodifiableList());
    }
}
