package io.inmesh.agent.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes with a version and a checksum before them: what was cut, flipped or written by another program is told from what we wrote.
 * This guards against accidents of disks; who may write the file is a matter of its permissions. Stateless.
 */
final class Sealed {

    private static final byte[] MAGIC = "inmesh 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;

    private Sealed() {}

    static byte[] seal(byte[] content) {
        return ByteBuffer.allocate(MAGIC.length + DIGEST_BYTES + content.length)
                .put(MAGIC)
                .put(digest(content, 0))
                .put(content)
                .array();
    }

    /** The content, if the file is whole. */
    static Optional<byte[]> open(byte[] file) {
        int start = MAGIC.length + DIGEST_BYTES;
        if (file.length < start || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        byte[] expected = Arrays.copyOfRange(file, MAGIC.length, start);
        return Arrays.equals(expected, digest(file, start))
                ? Optional.of(Arrays.copyOfRange(file, start, file.length))
                : Optional.empty();
    }

    private static byte[] digest(byte[] bytes, int from) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes, from, bytes.length - from);
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
