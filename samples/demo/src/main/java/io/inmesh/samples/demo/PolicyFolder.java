package io.inmesh.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The folder of YAML that the control service watches: a copy, so that the sources stay as they are. */
record PolicyFolder(Path path) {

    static PolicyFolder copy(Path source, Path target) throws IOException {
        Files.createDirectories(target);
        PolicyFolder folder = new PolicyFolder(target);
        for (Path file : yaml(source)) {
            folder.write(file.getFileName().toString(), Files.readString(file));
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
