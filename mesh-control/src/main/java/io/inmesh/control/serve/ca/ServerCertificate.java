package io.inmesh.control.serve.ca;

import io.inmesh.api.spi.MeshClock;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;

/** Issues the certificate of port 15012 and renews it, with a new key, at half of its life. Not thread-safe: one thread calls. */
final class ServerCertificate {

    private static final List<String> STANDARD_NAMES = List.of(
            "istiod.istio-system.svc",
            "istiod.istio-system.svc.cluster.local",
            "istiod.istio-system",
            "localhost",
            "127.0.0.1",
            "::1");

    private final CertificateSigner signer;
    private final List<GeneralName> names;
    private final Duration life;
    private final MeshClock clock;
    private final SecureRandom random;
    private final ServerKeyManager keyManager = new ServerKeyManager();

    ServerCertificate(
            CertificateSigner signer, List<String> further, Duration life, MeshClock clock, SecureRandom random) {
        this.signer = signer;
        this.names = names(further);
        this.life = life;
        this.clock = clock;
        this.random = random;
        renew();
    }

    ServerKeyManager keyManager() {
        return keyManager;
    }

    /** Renews when half of the life is over, and when the clock stands before the certificate's beginning. */
    void renewIfDue() {
        X509Certificate leaf = keyManager.leaf();
        Instant from = leaf.getNotBefore().toInstant();
        Instant half =
                from.plus(Duration.between(from, leaf.getNotAfter().toInstant()).dividedBy(2));
        Instant now = clock.now();
        if (now.isBefore(from) || !now.isBefore(half)) {
            renew();
        }
    }

    /** Renews now, because the authority is another. */
    void renew() {
        KeyPair keys = EcKeys.p256(random);
        keyManager.replace(
                keys.getPrivate(), signer.server(names, keys.getPublic(), life).chain());
    }

    private static List<GeneralName> names(List<String> further) {
        Set<String> all = new LinkedHashSet<>(STANDARD_NAMES);
        all.addAll(further);
        List<GeneralName> names = new ArrayList<>();
        for (String name : all) {
            names.add(new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        return names;
    }
}
