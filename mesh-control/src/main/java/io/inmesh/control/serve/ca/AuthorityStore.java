package io.inmesh.control.serve.ca;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the root in the state directory. Key and certificate are one file, so that they always belong together. A file that cannot be
 * read ends the start: a new root in its place would cut off every workload of the mesh. Stateless between calls.
 */
final class AuthorityStore {

    private static final String ROOT = "root.pem";
    private static final String PUBLIC = "root-cert.pem";
    private static final int LIMIT = 64 * 1024;

    private final PrivateDirectory directory;
    private final MeshClock clock;
    private final SecureRandom random;

    AuthorityStore(PrivateDirectory directory, MeshClock clock, SecureRandom random) {
        this.directory = directory;
        this.clock = clock;
        this.random = random;
    }

    /** Where the root's certificate alone lies, for workloads to trust. */
    Path publicFile() {
        return directory.resolve(PUBLIC);
    }

    /** The kept root, or a new one of ten years; of several control services that start at once one makes it. */
    Authority open(TrustDomain trustDomain) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Optional<byte[]> kept = directory.read(ROOT, LIMIT);
            Authority authority = kept.isPresent() ? load(kept.get()) : create(trustDomain);
            directory.write(PUBLIC, Pem.bytes(Pem.certificates(authority.trustBundle())));
            lock.release();
            return authority;
        }
    }

    private Authority create(TrustDomain trustDomain) throws IOException {
        KeyPair keys = EcKeys.p256(random);
        X509Certificate root = RootCertificate.issue(trustDomain.name(), keys, clock.now(), random);
        Authority created = new Authority(keys.getPrivate(), root);
        directory.write(ROOT, Pem.bytes(Pem.privateKey(created.key()) + Pem.certificates(List.of(root))));
        return created;
    }

    private Authority load(byte[] file) {
        String text = new String(file, StandardCharsets.US_ASCII);
        Path path = directory.resolve(ROOT);
        try {
            Authority loaded = new Authority(
                    Pem.readPrivateKey(text), Pem.readCertificates(text).get(0));
            check(loaded, path);
            return loaded;
        } catch (GeneralSecurityException e) {
            throw new MeshConfigurationException(
                    "The mesh's root in " + path + " cannot be read; restore it, or remove it to begin a new mesh", e);
        }
    }

    private void check(Authority loaded, Path path) throws GeneralSecurityException {
        X509Certificate root = loaded.root();
        if (root.getBasicConstraints() < 0) {
            throw new MeshConfigurationException("The certificate in " + path + " is not an authority's");
        }
        // A flipped bit anywhere in the certificate shows here.
        root.verify(root.getPublicKey());
        if (!belongs(loaded.key(), root)) {
            throw new MeshConfigurationException("Key and certificate in " + path + " do not belong together");
        }
        Instant until = root.getNotAfter().toInstant();
        if (!clock.now().isBefore(until)) {
            throw new MeshConfigurationException("The mesh's root in " + path + " expired at " + until);
        }
    }

    private static boolean belongs(PrivateKey key, X509Certificate root) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals("EC")
                || !root.getPublicKey().getAlgorithm().equals("EC")) {
            return false;
        }
        byte[] probe = root.getEncoded();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(root.getPublicKey());
        signature.update(probe);
        return signature.verify(signed);
    }
}
