package io.inmesh.control.config;

import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one file gave, with the last good version of whatever is wrong in it now. Immutable.
 *
 * @param resources by kind, namespace and name, in written order
 * @param usable false if nothing could be read and there was nothing before
 */
record FileContent(Map<String, Resource> resources, List<Problem> problems, boolean usable) {

    static final FileContent NOTHING = new FileContent(Map.of(), List.of(), false);

    /** Whether all of the file is as its author meant it. */
    boolean good() {
        return usable && problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /**
     * Reads a new version of the file. A file that is no YAML keeps all that it gave before; a document that is wrong keeps its own
     * last good version, and the others take effect.
     */
    FileContent next(String file, byte[] bytes, YamlLimits limits) {
        return next(file, namespaceOf(file), bytes, limits);
    }

    /** As {@link #next(String, byte[], YamlLimits)}, with the namespace of resources that name none. */
    FileContent next(String file, String namespace, byte[] bytes, YamlLimits limits) {
        List<YamlNode> documents;
        try {
            documents = YamlReader.documents(file, bytes, limits).stream()
                    .flatMap(document -> WrittenResources.flat(document).stream())
                    .toList();
        } catch (InvalidResourceException notYaml) {
            return new FileContent(resources, List.of(Problem.of(file, notYaml)), usable);
        }
        ResourceReader reader = new ResourceReader(namespace);
        Map<String, Resource> read = new LinkedHashMap<>();
        List<Problem> found = new ArrayList<>();
        boolean unnamed = false;
        for (YamlNode document : documents) {
            ResourceReader.Result result = reader.read(document);
            found.addAll(result.problems());
            unnamed |= result.id().isEmpty();
            result.id().ifPresent(id -> {
                if (read.containsKey(id)) {
                    found.add(new Problem(
                            Problem.Severity.ERROR,
                            document.origin(),
                            id,
                            "",
                            "stands twice in this file; the first is used"));
                } else {
                    keep(id, result, read);
                }
            });
        }
        if (unnamed) {
            // A document without a name may be a known resource whose name was broken: nothing of this file is dropped.
            resources.forEach(read::putIfAbsent);
        }
        return new FileContent(Collections.unmodifiableMap(read), List.copyOf(found), true);
    }

    private void keep(String id, ResourceReader.Result result, Map<String, Resource> read) {
        Resource lastGood = resources.get(id);
        if (result.failed() && lastGood != null) {
            read.put(id, lastGood);
        } else {
            result.resource().ifPresent(resource -> read.put(id, resource));
        }
    }

    /** Resources without a namespace are of the folder that their file is in, or of {@code default} at the top. */
    static String namespaceOf(String file) {
        int slash = file.indexOf('/');
        return slash < 0 ? "default" : file.substring(0, slash);
    }
}
