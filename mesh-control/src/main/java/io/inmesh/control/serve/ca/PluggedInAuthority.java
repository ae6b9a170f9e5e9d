package io.inmesh.control.serve.ca;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PrivateKeys;
import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An intermediate authority that an operator plugs in, in the layout of Istio's {@code cacerts} secret: {@code ca-cert.pem},
 * {@code ca-key.pem}, {@code cert-chain.pem} and {@code root-cert.pem}. The root's key stays with the operator, who rotates by changing
 * the files; several roots in {@code root-cert.pem} are all trusted. One thread at a time calls.
 *
 * @see <a href="https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/">Istio, Plug in CA Certificates</a>
 */
final class PluggedInAuthority implements AuthoritySource {

    private static final int LIMIT = 256 * 1024;
    private static final List<String> FILES = List.of("ca-cert.pem", "ca-key.pem", "cert-chain.pem", "root-cert.pem");

    private final Path folder;
    private final MeshClock clock;
    private List<String> read = List.of();

    PluggedInAuthority(Path folder, MeshClock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Authority read() throws IOException {
        List<String> texts = texts();
        try {
            Authority authority = parse(texts);
            read = texts;
            return authority;
        } catch (GeneralSecurityException e) {
            throw new MeshConfigurationException(
                    "The plugged-in authority in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean changed() throws IOException {
        return !texts().equals(read);
    }

    private Authority parse(List<String> texts) throws GeneralSecurityException {
        X509Certificate signer = Pem.readCertificates(texts.get(0)).get(0);
        PrivateKey key = Pem.readPrivateKey(texts.get(1));
        Set<X509Certificate> roots = Set.copyOf(Pem.readCertificates(texts.get(3)));
        if (!PrivateKeys.belongs(key, signer)) {
            throw new GeneralSecurityException("ca-key.pem is not the key of ca-cert.pem");
        }
        List<X509Certificate> intermediates = new ArrayList<>();
        if (!roots.contains(signer)) {
            intermediates.add(signer);
        }
        // Istio's own tool puts the signer first and the root last; a root in a leaf's chain is of no use to anybody.
        for (X509Certificate above :
                texts.get(2).isBlank() ? List.<X509Certificate>of() : Pem.readCertificates(texts.get(2))) {
            if (!roots.contains(above) && !intermediates.contains(above)) {
                intermediates.add(above);
            }
        }
        requireAuthorities(signer, intermediates);
        requireChain(intermediates.isEmpty() ? List.of(signer) : intermediates, roots);
        return new Authority(key, signer, intermediates, roots);
    }

    private static void requireAuthorities(X509Certificate signer, List<X509Certificate> intermediates)
            throws GeneralSecurityException {
        if (signer.getBasicConstraints() < 0) {
            throw new GeneralSecurityException("ca-cert.pem is not an authority's certificate");
        }
        for (X509Certificate above : intermediates) {
            if (above.getBasicConstraints() < 0) {
                throw new GeneralSecurityException("cert-chain.pem has a certificate that is not an authority's");
            }
        }
    }

    private void requireChain(List<X509Certificate> chain, Set<X509Certificate> roots) throws GeneralSecurityException {
        if (roots.contains(chain.get(0))) {
            chain.get(0).checkValidity(Date.from(clock.now()));
            return;
        }
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
        PKIXParameters parameters = new PKIXParameters(
                roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(clock.now()));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    /** The chain may be absent where the signer hangs directly below the root. */
    private List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String name : FILES) {
            try (InputStream in = Files.newInputStream(folder.resolve(name))) {
                texts.add(new String(in.readNBytes(LIMIT), StandardCharsets.US_ASCII));
            } catch (NoSuchFileException e) {
                if (!name.equals("cert-chain.pem")) {
                    throw e;
                }
                texts.add("");
            }
        }
        return texts;
    }
}
