package io.inmesh.control.serve.ca;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the mesh's own roots in the state directory, in one file with their keys. A file that cannot be read ends the start: a new root
 * in its place would cut off every workload of the mesh. Several control services and the command that rotates share the file under a
 * lock. One thread at a time calls.
 */
final class AuthorityStore implements AuthoritySource {

    private static final String ROOT = "root.pem";
    private static final int LIMIT = 64 * 1024;

    private final PrivateDirectory directory;
    private final TrustDomain trustDomain;
    private final MeshClock clock;
    private final SecureRandom random;
    private @Nullable FileTime read;

    AuthorityStore(PrivateDirectory directory, TrustDomain trustDomain, MeshClock clock, SecureRandom random) {
        this.directory = directory;
        this.trustDomain = trustDomain;
        this.clock = clock;
        this.random = random;
    }

    /** The kept roots, or a new one of ten years; of several control services that start at once one makes it. */
    @Override
    public Authority read() throws IOException {
        FileTime before = modified();
        RootSet roots = change(kept -> kept);
        FileTime after = modified();
        // What changed in between may have been read or not.
        read = before.equals(after) || before.toMillis() == 0 ? after : null;
        return roots.authority();
    }

    @Override
    public boolean changed() throws IOException {
        return !modified().equals(read);
    }

    /** Where the rotation stands. */
    RotationStatus status() throws IOException {
        RootSet roots = change(kept -> kept);
        return new RotationStatus(
                roots.step(),
                modified().toInstant(),
                roots.trusted().stream().map(RotationStatus.Root::of).toList());
    }

    /** Adds a new root to those that are trusted. */
    void add() throws IOException {
        KeyedRoot next = KeyedRoot.create(trustDomain.name(), clock, random);
        change(kept -> kept.add(next));
    }

    /** From now on the added root signs. */
    void signWithNew() throws IOException {
        change(RootSet::signWithNew);
    }

    /** The old root is trusted no more. */
    void removeOld() throws IOException {
        change(RootSet::removeOld);
    }

    private RootSet change(UnaryOperator<RootSet> step) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Optional<byte[]> file = directory.read(ROOT, LIMIT);
            RootSet before = file.isPresent()
                    ? load(file.get())
                    : RootSet.of(KeyedRoot.create(trustDomain.name(), clock, random));
            RootSet after = step.apply(before);
            if (file.isEmpty() || !after.equals(before)) {
                directory.write(ROOT, after.pem().getBytes(StandardCharsets.US_ASCII));
            }
            lock.release();
            return after;
        }
    }

    private FileTime modified() throws IOException {
        try {
            return Files.getLastModifiedTime(directory.resolve(ROOT));
        } catch (NoSuchFileException e) {
            return FileTime.fromMillis(0);
        }
    }

    private RootSet load(byte[] file) {
        Path path = directory.resolve(ROOT);
        RootSet roots;
        try {
            roots = RootSet.parse(new String(file, StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new MeshConfigurationException(
                    "The mesh's root in " + path + " cannot be read, " + e.getMessage()
                            + "; restore it, or remove it to begin a new mesh",
                    e);
        }
        Instant until = roots.authority().until();
        if (!clock.now().isBefore(until)) {
            throw new MeshConfigurationException("The mesh's root in " + path + " expired at " + until);
        }
        return roots;
    }
}
