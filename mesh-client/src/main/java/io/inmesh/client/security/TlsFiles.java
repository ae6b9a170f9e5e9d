package io.inmesh.client.security;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PrivateKeys;
import io.inmesh.client.security.TlsMaterial.Trust;
import io.inmesh.xds.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * PEM files that clusters name for TLS to servers outside of the mesh. They are read when first asked for and again by
 * {@link #refresh}; what has become unreadable, torn or mismatched meanwhile leaves the last good value. The same instance is given out
 * for as long as the content is the same. Thread-safe; nobody waits for a disk after the first time.
 */
public final class TlsFiles {

    private static final Logger LOG = System.getLogger(TlsFiles.class.getName());
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_KNOWN = 4096;

    private final Map<List<String>, Known<?>> known = new ConcurrentHashMap<>();

    /**
     * A chain and its key.
     *
     * @throws TlsUnavailableException if they have never been good
     */
    Credential credential(CredentialFrom.Files files) throws TlsUnavailableException {
        return (Credential) value(List.of(files.chain(), files.key()), TlsFiles::credential);
    }

    /**
     * Trusted certificates.
     *
     * @throws TlsUnavailableException if they have never been good
     */
    Trust.Roots roots(TrustFrom.File file) throws TlsUnavailableException {
        return (Trust.Roots) value(List.of(file.path()), TlsFiles::roots);
    }

    /** Reads every known file again. To be called every few seconds. */
    public void refresh() {
        known.replaceAll((paths, before) -> again(paths, before));
    }

    private Object value(List<String> paths, Reading<?> reading) throws TlsUnavailableException {
        Known<?> found = known.get(paths);
        if (found == null) {
            if (known.size() >= MAX_KNOWN) {
                known.clear();
            }
            found = known.computeIfAbsent(paths, p -> again(p, new Known<>(reading, null, List.of(), "")));
        }
        Object value = found.value();
        if (value == null) {
            throw new TlsUnavailableException("TLS needs " + String.join(" and ", paths) + ": " + found.problem());
        }
        return value;
    }

    private static <T> Known<T> again(List<String> paths, Known<T> before) {
        List<Bytes> content = List.of();
        try {
            content = content(paths);
            if (content.equals(before.content())) {
                return before;
            }
            return new Known<>(before.reading(), before.reading().read(content), content, "");
        } catch (IOException | GeneralSecurityException e) {
            String problem = e.getClass().getSimpleName() + ": " + e.getMessage();
            if (!problem.equals(before.problem())) {
                LOG.log(Level.WARNING, "{0} cannot be used, {1}", paths, problem);
            }
            return new Known<>(before.reading(), before.value(), content, problem);
        }
    }

    private static List<Bytes> content(List<String> paths) throws IOException {
        List<Bytes> content = new ArrayList<>();
        for (String path : paths) {
            try (InputStream in = Files.newInputStream(Path.of(path))) {
                content.add(Bytes.copyOf(in.readNBytes(MAX_BYTES)));
            }
        }
        return content;
    }

    private static Trust.Roots roots(List<Bytes> content) throws GeneralSecurityException {
        return new Trust.Roots(Set.copyOf(Pem.readCertificates(content.get(0).utf8())));
    }

    private static Credential credential(List<Bytes> content) throws GeneralSecurityException {
        List<X509Certificate> chain = Pem.readCertificates(content.get(0).utf8());
        PrivateKey key = Pem.readPrivateKey(content.get(1).utf8());
        if (!PrivateKeys.belongs(key, chain.get(0))) {
            throw new GeneralSecurityException("the key is not the certificate's");
        }
        return new Credential(chain, key);
    }

    private interface Reading<T> {
        T read(List<Bytes> content) throws GeneralSecurityException;
    }

    /**
     * What is known of some files.
     *
     * @param value the last good one; null if there never was any
     * @param content what was read last, good or not
     * @param problem why the content is not good; empty if it is
     */
    private record Known<T>(Reading<T> reading, @Nullable T value, List<Bytes> content, String problem) {}
}
