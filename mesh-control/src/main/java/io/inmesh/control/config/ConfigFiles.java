package io.inmesh.control.config;

import io.inmesh.control.yaml.YamlLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    private static String shown(Path folder, String name) {
        return folder.resolve(name).toString();
    }

    /** The name below the folder says which namespace is meant; messages show the path that the operator knows. */
    private static FileContent content(Path path, String name, String shown) throws IOException {
        YamlLimits limits = YamlLimits.DEFAULT;
        byte[] bytes = Files.size(path) > limits.bytes() ? new byte[limits.bytes() + 1] : Files.readAllBytes(path);
        return FileContent.NOTHING.next(shown, FileContent.namespaceOf(name), bytes, limits);
    }
}
