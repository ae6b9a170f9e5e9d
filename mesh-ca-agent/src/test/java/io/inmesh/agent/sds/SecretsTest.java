package io.inmesh.agent.sds;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestPki;
import io.inmesh.xds.envoy.TransportSockets.Secret;
import io.inmesh.xds.envoy.TransportSockets.TlsCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private final WorkloadIdentity reviews = TestPki.create().identity("shop", "reviews");

    @ParameterizedTest
    @ValueSource(strings = {"default", "ROOTCA", "spiffe://cluster.local/ns/shop/sa/reviews", "spiffe://cluster.local"})
    void theIdentityIsKnownByItsNames(String name) {
        assertThat(Secrets.find(name, reviews)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "spiffe://cluster.local/ns/shop/sa/admin",
                "spiffe://other",
                "file-cert:/etc/ssl/private/key.pem~/etc/ssl/private/key.pem",
                "file-root:/etc/passwd",
                "kubernetes://shop-credential"
            })
    void nothingElseIsServedToACaller(String name) {
        assertThat(Secrets.find(name, reviews)).isEmpty();
    }

    @Test
    void theKeyIsInTheCertificateSecretOnly() {
        assertThat(Secrets.find("default", reviews)
                        .orElseThrow()
                        .get(Secret.TLS_CERTIFICATE)
                        .has(TlsCertificate.PRIVATE_KEY))
                .isTrue();
        assertThat(Secrets.find("ROOTCA", reviews).orElseThrow().has(Secret.TLS_CERTIFICATE))
                .isFalse();
    }
}
