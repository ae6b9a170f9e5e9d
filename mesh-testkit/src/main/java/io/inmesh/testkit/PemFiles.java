package io.inmesh.testkit;

import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;

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
            Files.writeString(files.chain, certificates(identity.chain()));
            Files.writeString(files.key, pem("PRIVATE KEY", identity.key().getEncoded()));
            Files.writeString(files.root, certificates(identity.trustBundle()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** Certificates as one PEM text, in the order given. */
    public static String certificates(Collection<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(e);
            }
        }
        return text.toString();
    }

    /** One PEM block. */
    public static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
