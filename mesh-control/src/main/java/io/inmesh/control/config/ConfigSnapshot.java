package io.inmesh.control.config;

import io.inmesh.control.yaml.YamlLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What several files say together, in their order; of two resources with one name the first counts. */
    static ConfigSnapshot of(Collection<FileContent> files) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        boolean complete = true;
        for (FileContent file : files) {
            problems.addAll(file.problems());
            complete &= file.usable();
            file.resources().values().stream()
                    .sorted(Comparator.comparingInt(
                            resource -> resource.meta().origin().line()))
                    .forEach(resource -> add(resource, resources, problems));
        }
        return new ConfigSnapshot(List.copyOf(resources.values()), problems, complete);
    }

    private static void add(Resource resource, Map<String, Resource> resources, List<Problem> problems) {
        Resource first = resources.putIfAbsent(resource.meta().id(), resource);
        if (first != null) {
            problems.add(new Problem(
                    Problem.Severity.ERROR,
                    resource.meta().origin(),
                    resource.meta().id(),
                    "",
                    "is already written at " + first.meta().origin() + ", which is used"));
        }
    }

    /** The resources of one type, in the order of files and lines. */
    public <R extends Resource> List<R> of(Class<R> type) {
        return resources.stream()
                .filter(type::isInstance)
                .map((Function<Resource, R>) type::cast)
                .collect(Collectors.toUnmodifiableList());
    }
}
