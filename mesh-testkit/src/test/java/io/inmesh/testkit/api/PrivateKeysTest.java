package io.inmesh.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.PrivateKeys;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestKeys;
import io.inmesh.testkit.TestPki;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import org.junit.jupiter.api.Test;

class PrivateKeysTest {

    @Test
    void bothKindsComeBackFromTheirEncoding() throws Exception {
        PrivateKey ec = TestKeys.p256().getPrivate();
        PrivateKey rsa = TestKeys.rsa(2048).getPrivate();
        assertThat(PrivateKeys.of(ec.getEncoded())).isEqualTo(ec);
        assertThat(PrivateKeys.of(rsa.getEncoded())).isEqualTo(rsa);
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> PrivateKeys.of(new byte[] {1, 2, 3})).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aKeyBelongsToItsOwnCertificateOnly() throws Exception {
        TestPki pki = TestPki.create();
        WorkloadIdentity one = pki.identity("shop", "reviews");
        WorkloadIdentity other = pki.identity("shop", "reviews");
        assertThat(PrivateKeys.belongs(one.key(), one.chain().get(0))).isTrue();
        assertThat(PrivateKeys.belongs(other.key(), one.chain().get(0))).isFalse();
        assertThat(PrivateKeys.belongs(
                        TestKeys.rsa(2048).getPrivate(), one.chain().get(0)))
                .isFalse();
    }
}
