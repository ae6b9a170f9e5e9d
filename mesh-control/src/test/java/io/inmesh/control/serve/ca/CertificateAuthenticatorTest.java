package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.control.serve.CallerCredentials;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TestLeaf;
import io.inmesh.testkit.TestPki;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class CertificateAuthenticatorTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");

    private final FakeClock clock = new FakeClock();
    private final TestPki pki = TestPki.create(DOMAIN, clock);
    private final SpiffeId id = SpiffeId.of(DOMAIN, "shop", "reviews");
    private final CertificateAuthenticator authenticator = new CertificateAuthenticator(this::authority, DOMAIN, clock);

    @Test
    void knowsACallerByItsCurrentCertificate() {
        assertThat(identify(pki.leaf(id))).hasValue(id);
        assertThat(authenticator.identify(new CallerCredentials(List.of(), Optional.of("token"))))
                .isEmpty();
    }

    @Test
    void aConnectionThatOutlivesItsCertificateProvesNothing() {
        WorkloadIdentity identity = pki.leaf(id).issue();
        clock.advance(Duration.ofHours(25));
        assertThat(authenticator.identify(new CallerCredentials(identity.chain(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void refusesEveryOtherCertificate() {
        assertThat(identify(TestPki.create(DOMAIN, clock).leaf(id))).isEmpty();
        assertThat(identify(pki.leaf(id).notYetValid())).isEmpty();
        assertThat(identify(pki.leaf(id).withoutNames().andDns("istiod.istio-system.svc")))
                .isEmpty();
        assertThat(identify(pki.leaf(id).andUri("spiffe://cluster.local/ns/shop/sa/admin")))
                .isEmpty();
        assertThat(identify(pki.leaf(id).purposes(KeyPurposeId.id_kp_serverAuth)))
                .isEmpty();
        assertThat(identify(pki.leaf(id).purposes())).isEmpty();
        assertThat(identify(pki.leaf(SpiffeId.parse("spiffe://cluster.locale/ns/shop/sa/reviews"))))
                .isEmpty();
    }

    private Optional<SpiffeId> identify(TestLeaf leaf) {
        return authenticator.identify(new CallerCredentials(leaf.issue().chain(), Optional.empty()));
    }

    private Authority authority() {
        return new Authority(pki.keys().getPrivate(), pki.root(), List.of(), Set.of(pki.root()));
    }
}
