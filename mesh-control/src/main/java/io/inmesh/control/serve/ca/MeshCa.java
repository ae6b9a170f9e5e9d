package io.inmesh.control.serve.ca;

import io.grpc.BindableService;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.serve.CaCounts;
import io.inmesh.control.serve.CallerAuthenticator;
import io.inmesh.control.serve.SecurePort;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The certificate authority as the control service sees it: opens the state directory, and gives the TLS port its certificate, its
 * trust, its authenticator and the certificate service. Owns no thread: the control service calls {@link #renewIfDue()} every few
 * seconds. Thread-safe, except that one thread at a time renews.
 */
public final class MeshCa {

    private final Optional<AuthorityStore> own;
    private final LiveAuthority authority;
    private final ServerCertificate serverCertificate;
    private final CallerAuthenticator authenticator;
    private final Optional<BootstrapTokens> tokens;
    private final CertificateService service;

    private MeshCa(CaSettings settings, MeshClock clock, SecureRandom random, List<CallerAuthenticator> others)
            throws IOException {
        Path state = settings.stateDirectory();
        PrivateDirectory directory = PrivateDirectory.open(state.resolve("ca"));
        own = settings.pluggedIn().isPresent()
                ? Optional.empty()
                : Optional.of(new AuthorityStore(
                        settings.shared().<RootText>map(SharedRoots::new).orElseGet(() -> new RootFile(directory)),
                        settings.trustDomain(),
                        clock,
                        random));
        AuthoritySource source = own.isPresent()
                ? own.get()
                : new PluggedInAuthority(settings.pluggedIn().orElseThrow(), clock);
        authority = new LiveAuthority(source, directory);
        CertificateSigner signer = new CertificateSigner(authority, clock, random);
        serverCertificate = new ServerCertificate(
                signer, settings.serverNames(), settings.lifetimes().standard(), clock, random);
        CallerAuthenticator certificates = new CertificateAuthenticator(authority, settings.trustDomain(), clock);
        List<CallerAuthenticator> all = new ArrayList<>(List.of(certificates));
        all.addAll(others);
        if (settings.development()) {
            PrivateDirectory folder = PrivateDirectory.open(state.resolve("tokens"));
            BootstrapTokens issued = new BootstrapTokens(folder, settings.trustDomain(), clock, random);
            tokens = Optional.of(issued);
            all.add(issued);
        } else {
            tokens = Optional.empty();
        }
        authenticator = CallerAuthenticator.firstOf(all.toArray(CallerAuthenticator[]::new));
        service = new CertificateService(signer, settings.lifetimes(), new RequestLimits(clock));
    }

    /**
     * Loads the root from the state directory, or makes one.
     *
     * @throws IOException if the state directory cannot be used
     * @throws io.inmesh.api.error.MeshConfigurationException if the root in it cannot be used
     */
    public static MeshCa open(CaSettings settings, MeshClock clock) throws IOException {
        return open(settings, clock, List.of());
    }

    /**
     * As {@link #open(CaSettings, MeshClock)}.
     *
     * @param others further ways to prove an identity, after the certificate
     */
    public static MeshCa open(CaSettings settings, MeshClock clock, List<CallerAuthenticator> others)
            throws IOException {
        return new MeshCa(settings, clock, new SecureRandom(), others);
    }

    /** Everything that port 15012 needs. */
    public SecurePort securePort() {
        return new SecurePort(
                serverCertificate.keyManager(), new BundleTrustManager(authority), authenticator, List.of(service));
    }

    /** The certificate service, for a further port; it refuses callers that its port does not authenticate. */
    public BindableService service() {
        return service;
    }

    /** Who a caller is, by certificate or, in development, by bootstrap token. */
    public CallerAuthenticator authenticator() {
        return authenticator;
    }

    /** What peers have to trust. */
    public Set<X509Certificate> trustBundle() {
        return authority.get().trustBundle();
    }

    /** What was done so far. */
    public CaCounts counts() {
        return service.counts(authority.get().trustBundle().stream()
                .map(root -> root.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH));
    }

    /** The trust bundle as a PEM file, {@code ca/root-cert.pem} in the state directory. */
    public Path rootFile() {
        return authority.publicFile();
    }

    /** Issues bootstrap tokens; present in development only. */
    public Optional<BootstrapTokens> bootstrapTokens() {
        return tokens;
    }

    /**
     * Where the rotation of the root stands; empty with a plugged-in authority, whose root is the operator's to rotate.
     *
     * @throws IOException if the state directory cannot be read
     */
    public Optional<RotationStatus> rotation() throws IOException {
        return own.isPresent() ? Optional.of(own.get().status()) : Optional.empty();
    }

    /**
     * Takes over a changed authority, and renews the port's own certificate and the bootstrap tokens that have spent half of their lives.
     *
     * @throws IOException if a token cannot be written; the certificate is renewed all the same
     */
    public void renewIfDue() throws IOException {
        if (authority.refresh()) {
            serverCertificate.renew();
        }
        serverCertificate.renewIfDue();
        if (tokens.isPresent()) {
            tokens.get().renewIfDue();
        }
    }
}
