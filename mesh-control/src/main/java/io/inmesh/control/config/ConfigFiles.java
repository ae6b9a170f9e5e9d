package io.inmesh.control.config;

import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads files once, for a command and not for a service: nothing is watched and nothing from before stands in. Stateless. */
public final class ConfigFiles {

    private ConfigFiles() {}

    /**
     * What the files say. Those of a folder are read as the control service reads its own; resources without a namespace are of their
     * folder below it, or of {@code default}.
     *
     * @throws IOException if one is not there or cannot be read
     */
    public static ConfigSnapshot read(List<Path> filesAndFolders) throws IOException {
        Map<String, FileContent> contents = new TreeMap<>();
        for (Path path : filesAndFolders) {
            if (Files.isDirectory(path)) {
                for (String name : FolderScan.of(path).keySet()) {
                    contents.put(shown(path, name), content(path.resolve(name), name, shown(path, name)));
                }
            } else if (Files.exists(path)) {
                String name = path.getFileName().toString();
                contents.put(path.toString(), content(path, name, path.toString()));
            } else {
                throw new NoSuchFileException(path.toString());
            }
        }
        return ConfigSnapshot.of(new ArrayList<>(contents.values()));
    }

    /**
     * What the files say before anything is made of it, kinds that the mesh has no use for included.
     *
     * @throws IOException if one is not there or cannot be read
     */
    public static WrittenResources written(List<Path> filesAndFolders) throws IOException {
        List<WrittenResource> resources = new ArrayList<>();
        List<Problem> unreadable = new ArrayList<>();
        for (Path path : filesAndFolders) {
            if (Files.isDirectory(path)) {
                for (String name : new TreeSet<>(FolderScan.of(path).keySet())) {
                    written(
                            path.resolve(name),
                            FileContent.namespaceOf(name),
                            shown(path, name),
                            resources,
                            unreadable);
                }
            } else if (Files.exists(path)) {
                written(path, FileContent.namespaceOf(""), path.toString(), resources, unreadable);
            } else {
                throw new NoSuchFileException(path.toString());
            }
        }
        return new WrittenResources(resources, unreadable);
    }

    private static void written(
            Path path, String namespace, String shown, List<WrittenResource> resources, List<Problem> unreadable)
            throws IOException {
        try {
            for (YamlNode document : YamlReader.documents(shown, bytes(path), YamlLimits.DEFAULT)) {
                for (YamlNode resource : WrittenResources.flat(document)) {
                    if (!(resource instanceof YamlNode.Mapping object)) {
                        throw new InvalidResourceException(resource.origin(), "", "a document must be an object");
                    }
                    resources.add(new WrittenResource(object, namespace));
                }
            }
        } catch (InvalidResourceException invalid) {
            unreadable.add(Problem.of(shown, invalid));
        }
    }

    private static String shown(Path folder, String name) {
        return folder.resolve(name).toString();
    }

    /** The name below the folder says which namespace is meant; messages show the path that the operator knows. */
    private static FileContent content(Path path, String name, String shown) throws IOException {
        return FileContent.NOTHING.next(shown, FileContent.namespaceOf(name), bytes(path), YamlLimits.DEFAULT);
    }

    /** A file that is too large is not read: its size alone refuses it. */
    private static byte[] bytes(Path path) throws IOException {
        int most = YamlLimits.DEFAULT.bytes();
        return Files.size(path) > most ? new byte[most + 1] : Files.readAllBytes(path);
    }
}
