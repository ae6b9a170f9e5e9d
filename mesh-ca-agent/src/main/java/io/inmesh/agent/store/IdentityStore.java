package io.inmesh.agent.store;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Keeps key, chain and trust bundle in one sealed file, so that no crash can pair the key of one rotation with the chain of another.
 * Nothing that is read is trusted for being there: the caller verifies it as it verifies what a CA sends. Thread-safe.
 */
public final class IdentityStore {

    private static final String FILE = "identity";
    private static final int LIMIT = 4 * 1024 * 1024;
    private static final String BUNDLE = "bundle\n";

    private final PrivateDirectory directory;

    public IdentityStore(PrivateDirectory directory) {
        this.directory = directory;
    }

    public void save(WorkloadIdentity identity) throws IOException {
        String text = identity.id() + "\n" + Pem.privateKey(identity.key()) + Pem.certificates(identity.chain())
                + BUNDLE + Pem.certificates(identity.trustBundle());
        directory.write(FILE, Sealed.seal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The identity saved last, of whatever age; empty if there is none or the file is damaged. */
    public Optional<WorkloadIdentity> load() throws IOException {
        Optional<byte[]> content = directory.read(FILE, LIMIT).flatMap(Sealed::open);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(content.get(), StandardCharsets.US_ASCII);
        int end = text.indexOf('\n');
        int bundle = text.indexOf(BUNDLE);
        if (end < 0 || bundle < 0) {
            return Optional.empty();
        }
        try {
            List<X509Certificate> chain = Pem.readCertificates(text.substring(end, bundle));
            List<X509Certificate> roots = Pem.readCertificates(text.substring(bundle));
            return Optional.of(new WorkloadIdentity(
                    SpiffeId.parse(text.substring(0, end)),
                    Pem.readPrivateKey(text),
                    chain,
                    new LinkedHashSet<>(roots)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A whole file that another version wrote; it is as good as none.
            return Optional.empty();
        }
    }

    /** Forgets the key. */
    public void clear() throws IOException {
        directory.delete(FILE);
    }
}
