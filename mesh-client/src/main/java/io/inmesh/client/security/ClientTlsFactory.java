package io.inmesh.client.security;

import io.inmesh.client.security.TlsMaterial.Trust;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Hands out {@link ClientTls} over the current identity and the current files. Thread-safe; as long as neither changes a call is a few
 * map look-ups and makes no object.
 */
public final class ClientTlsFactory {

    private final IdentityHolder identities;
    private final TlsFiles files;
    private final Map<ClientTlsSettings, ClientTls> bySettings = new ConcurrentHashMap<>();
    private final Map<TlsMaterial, TlsContexts> byMaterial = new ConcurrentHashMap<>();

    public ClientTlsFactory(IdentityHolder identities, TlsFiles files) {
        this.identities = identities;
        this.files = files;
    }

    /**
     * TLS as of now: the same instance until something that it is made of changes.
     *
     * @throws TlsUnavailableException if the workload has no identity yet, or files are not there; whoever asked must not connect
     */
    public ClientTls current(ClientTlsSettings settings) throws TlsUnavailableException {
        ClientTls known = bySettings.get(settings);
        return known != null && isCurrent(known) ? known : renew(settings);
    }

    /** Whether a new connection would be made over the same material. */
    @SuppressWarnings(
            "ReferenceEquality") // a change makes a new instance; comparing bundles by value would cost each call
    boolean isCurrent(ClientTls tls) {
        try {
            TlsTerms terms = tls.settings().terms();
            TlsMaterial material = tls.material();
            return credential(terms.own()) == material.credential() && trust(terms.trust()) == material.trust();
        } catch (TlsUnavailableException e) {
            return false;
        }
    }

    private ClientTls renew(ClientTlsSettings settings) throws TlsUnavailableException {
        TlsTerms terms = settings.terms();
        TlsMaterial material = material(terms);
        bySettings.values().removeIf(old -> !isCurrent(old));
        byMaterial
                .keySet()
                .removeIf(old -> !old.equals(material)
                        && bySettings.values().stream()
                                .noneMatch(tls -> tls.material().equals(old)));
        SSLContext context =
                byMaterial.computeIfAbsent(material, TlsContexts::new).context(terms.peer());
        return bySettings.computeIfAbsent(settings, s -> new ClientTls(this, s, material, context));
    }

    private TlsMaterial material(TlsTerms terms) throws TlsUnavailableException {
        TlsMaterial identity = identities.material();
        if (terms.mutual() && identity != null) {
            return identity;
        }
        return new TlsMaterial(credential(terms.own()), trust(terms.trust()));
    }

    private @Nullable Credential credential(CredentialFrom own) throws TlsUnavailableException {
        if (own instanceof CredentialFrom.Nowhere) {
            return null;
        }
        return own instanceof CredentialFrom.Files pair
                ? files.credential(pair)
                : identity().credential();
    }

    private Trust trust(TrustFrom from) throws TlsUnavailableException {
        if (from instanceof TrustFrom.Given given) {
            return given.trust();
        }
        return from instanceof TrustFrom.File file
                ? files.roots(file)
                : identity().trust();
    }

    private TlsMaterial identity() throws TlsUnavailableException {
        TlsMaterial material = identities.material();
        if (material == null) {
            throw new TlsUnavailableException("Mutual TLS is required, but the workload has no identity yet");
        }
        return material;
    }
}
