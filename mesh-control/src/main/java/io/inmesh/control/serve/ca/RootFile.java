package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.PrivateDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The roots in one file; several control services and the command that rotates share it under a lock. */
final class RootFile implements RootText {

    private static final String ROOT = "root.pem";
    private static final int LIMIT = 64 * 1024;

    private final PrivateDirectory directory;

    RootFile(PrivateDirectory directory) {
        this.directory = directory;
    }

    @Override
    public String change(Function<Optional<String>, String> step) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Optional<String> before =
                    directory.read(ROOT, LIMIT).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
            String after = step.apply(before);
            if (before.isEmpty() || !before.get().equals(after)) {
                directory.write(ROOT, after.getBytes(StandardCharsets.US_ASCII));
            }
            lock.release();
            return after;
        }
    }

    @Override
    public FileTime mark() throws IOException {
        try {
            return Files.getLastModifiedTime(directory.resolve(ROOT));
        } catch (NoSuchFileException e) {
            return FileTime.fromMillis(0);
        }
    }

    @Override
    public Instant since() throws IOException {
        return mark().toInstant();
    }

    @Override
    public String where() {
        return directory.resolve(ROOT).toString();
    }
}
