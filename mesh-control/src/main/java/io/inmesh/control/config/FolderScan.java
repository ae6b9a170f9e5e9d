package io.inmesh.control.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks at the folder once: which files are there, and what tells one version of a file from another. */
final class FolderScan {

    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 20_000;

    private FolderScan() {}

    /** @param key the inode where there is one: a rename over a file keeps neither size nor time apart for sure */
    record Stamp(long size, long modifiedNanos, String key) {}

    /**
     * The YAML files by their path from the folder, in order. Hidden files, editors' copies and anything else are left out.
     *
     * @throws IOException if the folder cannot be read; one file that disappears meanwhile is just not there
     */
    static Map<String, Stamp> of(Path folder) throws IOException {
        Map<String, Stamp> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (configuration(name)) {
                    add(found, name, path);
                }
                if (found.size() > MOST_FILES) {
                    throw new IOException("more than " + MOST_FILES + " files in " + folder);
                }
            }
        } catch (UncheckedIOException changing) {
            throw changing.getCause();
        }
        return found;
    }

    private static void add(Map<String, Stamp> found, String name, Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                found.put(
                        name,
                        new Stamp(
                                attributes.size(),
                                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                                String.valueOf(attributes.fileKey())));
            }
        } catch (NoSuchFileException gone) {
            found.remove(name);
        }
    }

    private static boolean configuration(String name) {
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        return yaml && !name.startsWith(".") && !name.contains("/.");
    }
}
