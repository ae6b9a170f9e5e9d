package io.inmesh.api.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An identity in three PEM files of one directory, which somebody else replaces: {@code key.pem}, {@code cert-chain.pem} with the leaf
 * first, and {@code root-cert.pem}, as Istio's agent and ours write them. Files that are not one whole identity - torn, of two
 * rotations, expired - are refused, and looked at again the next time. Not thread-safe.
 */
public final class IdentityFiles {

    private static final List<String> NAMES = List.of("key.pem", "cert-chain.pem", "root-cert.pem");
    private static final int LONGEST = 1 << 20;

    private final Path directory;
    private List<String> good = List.of();

    public IdentityFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads the files.
     *
     * @param now when the identity has to be valid
     * @return empty if they are those that were good the last time
     * @throws IOException if one cannot be read
     * @throws GeneralSecurityException if they are not one valid identity
     */
    public Optional<WorkloadIdentity> read(Instant now) throws IOException, GeneralSecurityException {
        List<String> content = new ArrayList<>();
        for (String name : NAMES) {
            try (InputStream in = Files.newInputStream(directory.resolve(name))) {
                content.add(new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1));
            }
        }
        if (content.equals(good)) {
            return Optional.empty();
        }
        WorkloadIdentity identity = identity(content, now);
        good = content;
        return Optional.of(identity);
    }

    private static WorkloadIdentity identity(List<String> content, Instant now) throws GeneralSecurityException {
        PrivateKey key = Pem.readPrivateKey(content.get(0));
        List<X509Certificate> chain = Pem.readCertificates(content.get(1));
        Set<X509Certificate> roots = new LinkedHashSet<>(Pem.readCertificates(content.get(2)));
        if (!PrivateKeys.belongs(key, chain.get(0))) {
            throw new GeneralSecurityException("the key is not the certificate's");
        }
        return new WorkloadIdentity(SvidVerifier.verify(chain, roots, now), key, chain, roots);
    }
}
