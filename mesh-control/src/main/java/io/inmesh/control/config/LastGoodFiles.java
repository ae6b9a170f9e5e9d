package io.inmesh.control.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Copies of files that were entirely good, in the state directory, so that a control service that restarts while an operator is in
 * the middle of an edit serves what it served before. Used by one thread.
 */
final class LastGoodFiles {

    private final Path folder;

    LastGoodFiles(Path folder) {
        this.folder = folder;
    }

    Optional<byte[]> read(String file) throws IOException {
        Path copy = folder.resolve(nameOf(file));
        return Files.isRegularFile(copy) ? Optional.of(Files.readAllBytes(copy)) : Optional.empty();
    }

    void write(String file, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        Path copy = folder.resolve(nameOf(file));
        Path written = folder.resolve(nameOf(file) + ".new");
        Files.write(written, bytes);
        Files.move(written, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove(String file) throws IOException {
        Files.deleteIfExists(folder.resolve(nameOf(file)));
    }

    private static String nameOf(String file) {
        return file.replace("%", "%25").replace("/", "%2F");
    }
}
