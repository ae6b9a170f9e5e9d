package io.inmesh.testkit;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An identity as files for a peer that is not Java, such as a real Envoy; the names are those of Istio's agent.
 *
 * @param chain leaf and intermediates
 * @param key the private key, PKCS#8
 * @param root every root of the trust bundle
 */
public record PemFiles(Path chain, Path key, Path root) {

    /** Writes {@code cert-chain.pem}, {@code key.pem} and {@code root-cert.pem} into a folder, which is made if it is missing. */
    public static PemFiles write(WorkloadIdentity identity, Path folder) {
        PemFiles files = new PemFiles(
                folder.resolve("cert-chain.pem"), folder.resolve("key.pem"), folder.resolve("root-cert.pem"));
        try {
            Files.createDirectories(folder);
            Files.writeString(files.chain, Pem.certificates(identity.chain()));
            Files.writeString(files.key, Pem.privateKey(identity.key()));
            Files.writeString(files.root, Pem.certificates(identity.trustBundle()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
