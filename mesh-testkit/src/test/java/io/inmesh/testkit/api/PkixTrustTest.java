package io.inmesh.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.PkixTrust;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestPki;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

class PkixTrustTest {

    private final TestPki old = TestPki.create();
    private final TestPki next = TestPki.create();

    @Test
    void twoRootsOfTheSameNameBothCount() throws Exception {
        assertThat(old.root().getSubjectX500Principal()).isEqualTo(next.root().getSubjectX500Principal());
        X509ExtendedTrustManager both = PkixTrust.of(List.of(old.root(), next.root()));
        assertThatCode(() -> both.checkClientTrusted(chain(old), "UNKNOWN")).doesNotThrowAnyException();
        assertThatCode(() -> both.checkServerTrusted(chain(next), "UNKNOWN")).doesNotThrowAnyException();
    }

    @Test
    void aForeignChainIsRefused() throws Exception {
        X509ExtendedTrustManager one = PkixTrust.of(Set.of(old.root()));
        assertThatThrownBy(() -> one.checkServerTrusted(chain(next), "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void noRootIsNoTrustManager() {
        assertThatThrownBy(() -> PkixTrust.of(Set.of())).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void thePlatformKnowsNoneOfOurRoots() throws Exception {
        assertThat(PkixTrust.platform().getAcceptedIssuers()).doesNotContain(old.root());
        assertThatThrownBy(() -> PkixTrust.platform().checkServerTrusted(chain(old), "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
    }

    private static X509Certificate[] chain(TestPki pki) {
        WorkloadIdentity identity = pki.identity("shop", "reviews");
        return identity.chain().toArray(X509Certificate[]::new);
    }
}
