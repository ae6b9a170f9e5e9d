package io.inmesh.agent.connect;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PkixTrust;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManager;

/**
 * By which roots the control service is recognised: those of a file, and those that the CA itself has vouched for since, because a file
 * that nobody replaces is late when the mesh's root turns over. Stateless.
 */
final class ServerRoots {

    private ServerRoots() {}

    /**
     * A trust manager for the next connection.
     *
     * @throws IOException if the file cannot be read or holds no certificate
     */
    static TrustManager trusting(Path file, Optional<WorkloadIdentity> identity) throws IOException {
        try {
            Set<X509Certificate> roots =
                    new LinkedHashSet<>(Pem.readCertificates(Files.readString(file, StandardCharsets.ISO_8859_1)));
            identity.ifPresent(known -> roots.addAll(known.trustBundle()));
            // gRPC's own reading of PEM keeps one root of each name, and old and new often have the same.
            return PkixTrust.of(roots);
        } catch (GeneralSecurityException e) {
            throw new IOException("the roots in " + file + " cannot be used: " + e.getMessage(), e);
        }
    }
}
