package io.inmesh.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder of YAML that the control service watches: a copy, so that the sources stay as they are. */
record PolicyFolder(Path path) {

    /** Copies a folder, with the ports that this run got in place of those that the WorkloadGroups declare. */
    static PolicyFolder copy(Path source, Path target, Map<Integer, Integer> ports) throws IOException {
        Files.createDirectories(target);
        PolicyFolder folder = new PolicyFolder(target);
        for (Path file : yaml(source)) {
            String text = Files.readString(file);
            for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
                text = text.replace("http: " + port.getKey() + "\n", "http: " + port.getValue() + "\n");
            }
            folder.write(file.getFileName().toString(), text);
        }
        return folder;
    }

    String read(String name) throws IOException {
        return Files.readString(path.resolve(name));
    }

    /** Replaces a file at once, as editors do, so that no reader sees a half. */
    void write(String name, String text) throws IOException {
        Path temporary = Files.writeString(path.resolve("." + name + ".new"), text);
        Files.move(temporary, path.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    void edit(String name, String from, String to) throws IOException {
        write(name, read(name).replace(from, to));
    }

    void remove(String name) throws IOException {
        Files.delete(path.resolve(name));
    }

    private static List<Path> yaml(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }
}
