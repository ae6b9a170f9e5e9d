package io.inmesh.api.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's trust managers for X.509 chains, over roots that are given. They judge chains; whose name is in them is for the caller to
 * check. Stateless.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-6">RFC 5280, 6: path validation</a>
 */
public final class PkixTrust {

    private PkixTrust() {}

    /**
     * Trusts chains up to one of these roots. Several roots of the same name, as while one takes over from another, all count.
     *
     * @throws GeneralSecurityException if there is no root, or this JDK cannot validate certificates
     */
    public static X509ExtendedTrustManager of(Collection<X509Certificate> roots) throws GeneralSecurityException {
        if (roots.isEmpty()) {
            throw new GeneralSecurityException("no trusted root");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (X509Certificate root : roots) {
                store.setCertificateEntry("root-" + number++, root);
            }
            return manager(store);
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store cannot be made", e);
        }
    }

    /**
     * Trusts whom the JVM's own trust store trusts.
     *
     * @throws GeneralSecurityException if that store cannot be used
     */
    public static X509ExtendedTrustManager platform() throws GeneralSecurityException {
        return manager(null);
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore roots) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(roots);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("the JDK's PKIX trust manager is no X509ExtendedTrustManager");
    }
}
