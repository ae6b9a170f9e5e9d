package io.inmesh.api.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A folder for keys and last good state: mode 0700, files of mode 0600 from the moment they exist. A file is replaced as a whole
 * and reaches the disk before its name does, so that a crash leaves the old or the new content. On file systems without POSIX
 * permissions the platform's defaults hold. Thread-safe.
 */
public final class PrivateDirectory {

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final String UNFINISHED = ".tmp";

    private final Path path;
    private final boolean posix;

    private PrivateDirectory(Path path, boolean posix) {
        this.path = path;
        this.posix = posix;
    }

    /**
     * Makes the folder, or takes an existing one and closes it to others; removes what an interrupted write left behind.
     *
     * @throws IOException if it cannot be made ours: no permission, not a folder, a symbolic link
     */
    public static PrivateDirectory open(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        boolean posix = absolute.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (Files.isSymbolicLink(absolute)) {
            throw new IOException(absolute + " is a symbolic link; keys are kept in real folders only");
        }
        if (!Files.isDirectory(absolute, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(absolute, attributes(posix, FOLDER));
        }
        if (posix) {
            Files.setPosixFilePermissions(absolute, FOLDER);
        }
        PrivateDirectory directory = new PrivateDirectory(absolute, posix);
        directory.removeUnfinished();
        return directory;
    }

    /** A folder inside this one. */
    public PrivateDirectory folder(String name) throws IOException {
        return open(resolve(name));
    }

    /** Where a file lies or would lie. */
    public Path resolve(String name) {
        if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("not a plain file name: " + name);
        }
        return path.resolve(name);
    }

    public Path path() {
        return path;
    }

    /** Replaces a file as a whole. When this returns the content survives a power failure; when it throws the old file stands. */
    public void write(String name, byte[] content) throws IOException {
        Path target = resolve(name);
        Path unfinished = Files.createTempFile(path, "." + name + "-", UNFINISHED, attributes(posix, FILE));
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            move(unfinished, target);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        force();
    }

    /**
     * A file's content; empty if there is none.
     *
     * @param limit the most bytes that it may have
     */
    public Optional<byte[]> read(String name, int limit) throws IOException {
        try (FileChannel channel = FileChannel.open(resolve(name), StandardOpenOption.READ)) {
            if (channel.size() > limit) {
                throw new IOException(resolve(name) + " has more than " + limit + " bytes");
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until full or at the end
            }
            byte[] content = new byte[buffer.position()];
            buffer.flip().get(content);
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    public void delete(String name) throws IOException {
        Files.deleteIfExists(resolve(name));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes the renaming itself durable; platforms that cannot open a folder do without. */
    private void force() throws IOException {
        if (posix) {
            try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, ".*" + UNFINISHED)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static FileAttribute<?>[] attributes(boolean posix, Set<PosixFilePermission> permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
