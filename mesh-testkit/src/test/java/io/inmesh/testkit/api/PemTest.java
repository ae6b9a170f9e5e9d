package io.inmesh.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestKeys;
import io.inmesh.testkit.TestPki;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
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
    void keysFromBeforePkcs8AreReadToo() throws Exception {
        KeyPair rsa = TestKeys.rsa(2048);
        byte[] pkcs1 = PrivateKeyInfo.getInstance(rsa.getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        assertThat(Pem.readPrivateKey(Pem.block("RSA PRIVATE KEY", pkcs1))).isEqualTo(rsa.getPrivate());
        for (String curve : List.of("secp256r1", "secp384r1", "secp521r1")) {
            KeyPair ec = TestKeys.ec(curve);
            assertThat(((ECPrivateKey) Pem.readPrivateKey(Pem.block("EC PRIVATE KEY", sec1(ec)))).getS())
                    .isEqualTo(((ECPrivateKey) ec.getPrivate()).getS());
        }
    }

    @Test
    void aTornEcKeyIsRefused() throws Exception {
        byte[] whole = sec1(TestKeys.p256());
        for (int length = 0; length < whole.length; length++) {
            String torn = Pem.block("EC PRIVATE KEY", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Pem.readPrivateKey(torn)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    /** As OpenSSL writes it: with the curve, which the JDK's own encoding leaves out. */
    private static byte[] sec1(KeyPair keys) throws Exception {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
        BigInteger secret = ((ECPrivateKey) keys.getPrivate()).getS();
        int bits = ((ECPrivateKey) keys.getPrivate()).getParams().getOrder().bitLength();
        return new org.bouncycastle.asn1.sec.ECPrivateKey(
                        bits, secret, info.getPrivateKeyAlgorithm().getParameters())
                .getEncoded();
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
