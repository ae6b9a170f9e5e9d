package io.inmesh.control.jwks;

import io.inmesh.control.config.KeyAddress;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Documents on disk, so that a restart while an issuer is away takes nobody's keys. Thread-safe: one file per address. */
public final class KeyFiles {

    private static final System.Logger LOG = System.getLogger(KeyFiles.class.getName());

    private final Path folder;

    /** Files in a folder, which is made when there is something to store. */
    public KeyFiles(Path folder) {
        this.folder = folder;
    }

    Optional<String> read(KeyAddress address) {
        try {
            return Optional.of(Files.readString(file(address)));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** A disk that is full costs the copy, not the keys. */
    void write(KeyAddress address, String json) {
        try {
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, "keys", ".tmp");
            Files.writeString(written, json);
            Files.move(written, file(address), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            LOG.log(Level.WARNING, "keys of " + address + " cannot be stored: " + full);
        }
    }

    private Path file(KeyAddress address) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(address.toString().getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
