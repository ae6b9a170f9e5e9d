package io.inmesh.client.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestLeaf;
import io.inmesh.testkit.TestPki;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets in, through whole handshakes in both roles. */
class PeerPolicyTest {

    private static final TestPki PKI = TestPki.create();
    private static final SpiffeId REVIEWS = SpiffeId.of(PKI.trustDomain(), "default", "reviews");
    private static final PeerPolicy ONLY_REVIEWS = PeerPolicy.exactly(Set.of(REVIEWS.uri()));

    @Test
    void acceptsTheListedIdentity() {
        assertThatCode(() -> connect(PKI.leaf(REVIEWS).issue(), ONLY_REVIEWS)).doesNotThrowAnyException();
    }

    @Test
    void acceptsAnIdentityBelowAnIntermediate() {
        assertThatCode(() -> connect(PKI.intermediate("istiod").leaf(REVIEWS).issue(), ONLY_REVIEWS))
                .doesNotThrowAnyException();
    }

    @Test
    void anEmptyListMeansAnyIdentityOfTheTrustBundle() {
        assertThatCode(() -> connect(PKI.identity("other", "one"), PeerPolicy.anyone()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> connect(TestPki.create().identity("default", "reviews"), PeerPolicy.anyone()))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aTrustDomainsPrefixEndsAtItsSlash() {
        PeerPolicy ours = PeerPolicy.startingWith(Set.of("spiffe://cluster.local/"));
        TestPki evil = TestPki.create(
                new io.inmesh.api.identity.TrustDomain("cluster.local.evil"), io.inmesh.api.spi.MeshClock.system());
        WorkloadIdentity stranger = evil.identity("default", "reviews");

        assertThatCode(() -> connect(PKI.identity("a", "b"), ours)).doesNotThrowAnyException();
        assertThatThrownBy(() -> handshake(stranger, Set.of(evil.root()), ours)).isInstanceOf(SSLException.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongOnes")
    void refuses(String why, UnaryOperator<TestLeaf> wrong) {
        WorkloadIdentity peer = wrong.apply(PKI.leaf(REVIEWS)).issue();

        assertThatThrownBy(() -> connect(peer, ONLY_REVIEWS)).as("as a server").isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> connect(PKI.identity("a", "b"), peer, ONLY_REVIEWS))
                .as("as a client")
                .isInstanceOf(SSLException.class);
    }

    static Stream<Arguments> wrongOnes() {
        return Stream.of(
                wrong("another identity", leaf -> PKI.leaf(SpiffeId.of(PKI.trustDomain(), "default", "ratings"))),
                wrong("a longer path", leaf -> PKI.leaf(SpiffeId.of(PKI.trustDomain(), "default", "reviews-evil"))),
                wrong("expired", TestLeaf::expired),
                wrong("not yet valid", TestLeaf::notYetValid),
                wrong("no name at all", TestLeaf::withoutNames),
                wrong("two URI names", leaf -> leaf.andUri("spiffe://cluster.local/ns/default/sa/other")),
                wrong("the same URI twice", leaf -> leaf.andUri(REVIEWS.uri())),
                wrong("the text as a DNS name", leaf -> leaf.withoutNames().andDns(REVIEWS.uri())),
                wrong("the text as an e-mail", leaf -> leaf.withoutNames().andEmail(REVIEWS.uri())),
                wrong("an escaped letter", leaf -> leaf.withoutNames()
                        .andUri(REVIEWS.uri().replace("reviews", "%72eviews"))),
                wrong("a fragment", leaf -> leaf.withoutNames().andUri(REVIEWS.uri() + "#evil")),
                wrong("upper-case scheme", leaf -> leaf.withoutNames()
                        .andUri(REVIEWS.uri().replace("spiffe", "Spiffe"))),
                wrong("an authority", TestLeaf::authority),
                wrong("for e-mail only", leaf -> leaf.purposes(KeyPurposeId.id_kp_emailProtection)));
    }

    /** So no peer can show one: the handshake ends before anybody looks at the name. */
    @Test
    void theJdkDoesNotEvenReadACertificateWithNulInItsName() {
        TestLeaf nul = PKI.leaf(REVIEWS).withoutNames().andUri(REVIEWS.uri() + "\u0000evil");

        assertThatThrownBy(nul::issue).hasCauseInstanceOf(java.security.cert.CertificateException.class);
    }

    @Test
    void aServersCertificateIsNoClients() {
        WorkloadIdentity serverOnly =
                PKI.leaf(REVIEWS).purposes(KeyPurposeId.id_kp_serverAuth).issue();

        assertThatCode(() -> connect(serverOnly, PKI.identity("a", "b"), PeerPolicy.anyone()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> connect(PKI.identity("a", "b"), serverOnly, PeerPolicy.anyone()))
                .isInstanceOf(SSLException.class);
    }

    private static Arguments wrong(String why, UnaryOperator<TestLeaf> change) {
        return Arguments.argumentSet(why, why, change);
    }

    /** The client has the policy. */
    private static void connect(WorkloadIdentity server, PeerPolicy policy) throws SSLException {
        handshake(server, Set.of(PKI.root()), policy);
    }

    private static void handshake(WorkloadIdentity server, Set<X509Certificate> trusted, PeerPolicy policy)
            throws SSLException {
        WorkloadIdentity client = PKI.identity("default", "productpage");
        WorkloadIdentity trusting = new WorkloadIdentity(client.id(), client.key(), client.chain(), trusted);
        WorkloadIdentity open = new WorkloadIdentity(server.id(), server.key(), server.chain(), Set.of(PKI.root()));
        InMemoryHandshake.run(engine(trusting, policy, true), engine(open, PeerPolicy.anyone(), false));
    }

    /** Server, client; the policy stands for both sides' view of the other. */
    private static void connect(WorkloadIdentity server, WorkloadIdentity client, PeerPolicy policyOfServer)
            throws SSLException {
        InMemoryHandshake.run(engine(client, PeerPolicy.anyone(), true), engine(server, policyOfServer, false));
    }

    private static SSLEngine engine(WorkloadIdentity identity, PeerPolicy policy, boolean client) {
        SSLEngine engine =
                new TlsContexts(TlsMaterial.of(identity)).context(policy).createSSLEngine();
        engine.setUseClientMode(client);
        engine.setNeedClientAuth(!client);
        return engine;
    }
}
