package io.inmesh.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TestLeaf;
import io.inmesh.testkit.TestPki;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** mesh-api's verifier; the test stands here because it needs certificates. */
class SvidVerifierTest {

    private final FakeClock clock = new FakeClock();
    private final TestPki pki = TestPki.create(new TrustDomain("cluster.local"), clock);
    private final SpiffeId id = SpiffeId.parse("spiffe://cluster.local/ns/shop/sa/reviews");

    @Test
    void tellsTheIdentityOfATrustedChain() throws Exception {
        WorkloadIdentity identity = pki.intermediate("one").identity("shop", "reviews");
        assertThat(SvidVerifier.verify(identity.chain(), Set.of(pki.root()), clock.now()))
                .isEqualTo(id);
    }

    @Test
    void aRootAtTheEndOfTheChainDoesNotMatter() throws Exception {
        List<X509Certificate> chain = new ArrayList<>(pki.leaf(id).issue().chain());
        chain.add(pki.root());
        assertThat(SvidVerifier.verify(chain, Set.of(pki.root()), clock.now())).isEqualTo(id);
    }

    @Test
    void refusesAForeignRootAndAMissingIntermediate() {
        assertRefused(TestPki.create(new TrustDomain("cluster.local"), clock).leaf(id));
        List<X509Certificate> leafOnly =
                List.of(pki.intermediate("one").identity("shop", "reviews").leaf());
        assertThatThrownBy(() -> SvidVerifier.verify(leafOnly, Set.of(pki.root()), clock.now()))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void refusesALeafOutsideItsLife() throws Exception {
        assertRefused(pki.leaf(id).expired());
        assertRefused(pki.leaf(id).notYetValid());
        WorkloadIdentity identity = pki.identity("shop", "reviews");
        clock.advance(Duration.ofHours(25));
        assertThatThrownBy(() -> SvidVerifier.verify(identity.chain(), identity.trustBundle(), clock.now()))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void refusesWhatIsNoSvid() {
        assertRefused(pki.leaf(id).withoutNames());
        assertRefused(pki.leaf(id).withoutNames().andDns("reviews.shop"));
        assertRefused(pki.leaf(id).andUri("spiffe://cluster.local/ns/shop/sa/admin"));
        assertRefused(pki.leaf(id).authority());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cluster.local/ns/shop/sa/reviews",
                "Spiffe://cluster.local/ns/shop/sa/reviews",
                "spiffe://cluster.local:80/ns/shop/sa/reviews",
                "spiffe://cluster.local",
                "spiffe://cluster.local/",
                "spiffe://CLUSTER.local/ns/shop/sa/reviews",
                "spiffe://user@cluster.local/ns/shop/sa/reviews",
                "spiffe://cluster.local/ns/../sa/reviews",
                "spiffe://cluster.local/ns/shop/sa/reviews?x=y",
            })
    void refusesAUriThatIsNoSpiffeId(String uri) {
        assertRefused(pki.leaf(id).withoutNames().andUri(uri));
    }

    private void assertRefused(TestLeaf leaf) {
        List<X509Certificate> chain = leaf.issue().chain();
        assertThatThrownBy(() -> SvidVerifier.verify(chain, Set.of(pki.root()), clock.now()))
                .isInstanceOf(CertificateException.class);
    }
}
