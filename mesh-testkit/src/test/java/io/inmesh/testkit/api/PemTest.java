package io.inmesh.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestKeys;
import io.inmesh.testkit.TestPki;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;

class PemTest {

    private final WorkloadIdentity identity =
            TestPki.create().intermediate("one").identity("shop", "reviews");

    @Test
    void certificatesAndKeysComeBackAsTheyWent() throws Exception {
        assertThat(Pem.readCertificates(Pem.certificates(identity.chain()))).isEqualTo(identity.chain());
        assertThat(Pem.readPrivateKey(Pem.privateKey(identity.key()))).isEqualTo(identity.key());
        KeyPair rsa = TestKeys.rsa(2048);
        assertThat(Pem.readPrivateKey(Pem.privateKey(rsa.getPrivate()))).isEqualTo(rsa.getPrivate());
    }

    @Test
    void textAndOtherBlocksAroundACertificateDoNotMatter() throws Exception {
        String text = "# made by\n" + Pem.privateKey(identity.key()) + "\r\nsubject=\r\n"
                + Pem.certificates(identity.chain()).replace("\n", "\r\n") + "the end";
        assertThat(Pem.readCertificates(text)).isEqualTo(identity.chain());
    }

    @Test
    void brokenTextsAreRefusedWithoutShowingThem() {
        String key = Pem.privateKey(identity.key());
        assertThatThrownBy(() -> Pem.readPrivateKey(key.replace("PRIVATE KEY", "SECRET")))
                .isInstanceOf(GeneralSecurityException.class);
        String body = key.substring(28, 60);
        assertThatThrownBy(() ->
                        Pem.readPrivateKey("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----"))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageNotContaining(body);
        assertThatThrownBy(() -> Pem.readCertificates("")).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> Pem.readCertificates("-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----"))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> Pem.readCertificates("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"))
                .isInstanceOf(CertificateException.class);
    }
}
