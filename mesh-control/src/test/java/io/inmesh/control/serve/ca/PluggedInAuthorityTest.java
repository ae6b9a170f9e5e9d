package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TestKeys;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluggedInAuthorityTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");
    private static final SpiffeId REVIEWS = SpiffeId.of(DOMAIN, "shop", "reviews");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock();
    private final TestPki root = TestPki.create(DOMAIN, clock);

    @Test
    void anIntermediateSignsAndItsChainLeadsToTheRoot() throws Exception {
        TestPki intermediate = root.intermediate("one");
        write(intermediate);

        List<X509Certificate> chain = issue(read());

        assertThat(chain).hasSize(2).doesNotContain(root.root());
        assertThat(SvidVerifier.verify(chain, Set.of(root.root()), clock.now())).isEqualTo(REVIEWS);
    }

    @Test
    void twoIntermediatesAreBothShown() throws Exception {
        write(root.intermediate("one").intermediate("two"));
        List<X509Certificate> chain = issue(read());
        assertThat(chain).hasSize(3);
        assertThat(SvidVerifier.verify(chain, Set.of(root.root()), clock.now())).isEqualTo(REVIEWS);
    }

    @Test
    void withoutAChainFileTheSignerHangsBelowTheRoot() throws Exception {
        write(root.intermediate("one"));
        Files.delete(folder.resolve("cert-chain.pem"));
        assertThat(issue(read())).hasSize(2);
    }

    @Test
    void aSelfSignedAuthorityNeedsNoChain() throws Exception {
        write(root);
        assertThat(issue(read())).hasSize(1);
    }

    @Test
    void everyRootOfTheFileIsTrusted() throws Exception {
        TestPki next = TestPki.create(DOMAIN, clock);
        write(root.intermediate("one"));
        Files.writeString(folder.resolve("root-cert.pem"), Pem.certificates(List.of(root.root(), next.root())));
        assertThat(read().trustBundle()).containsExactlyInAnyOrder(root.root(), next.root());
    }

    @Test
    void noLeafOutlivesTheIntermediate() throws Exception {
        write(root.intermediate("one"));
        Authority authority = read();
        clock.advance(Duration.ofDays(364));
        X509Certificate leaf = new CertificateSigner(() -> authority, clock, new SecureRandom())
                .workload(REVIEWS, TestKeys.p256().getPublic(), Duration.ofDays(90))
                .leaf();
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(authority.until());
    }

    @Test
    void wrongFilesAreRefusedByName() throws Exception {
        write(root.intermediate("one"));
        Files.writeString(
                folder.resolve("ca-key.pem"), Pem.privateKey(TestKeys.p256().getPrivate()));
        assertThatThrownBy(this::read)
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageContaining("ca-key.pem");

        write(root.intermediate("one"));
        Files.writeString(
                folder.resolve("root-cert.pem"),
                Pem.certificates(List.of(TestPki.create(DOMAIN, clock).root())));
        assertThatThrownBy(this::read).as("another root").isInstanceOf(MeshConfigurationException.class);

        write(root.intermediate("one"));
        Files.delete(folder.resolve("ca-cert.pem"));
        assertThatThrownBy(this::read).isInstanceOf(NoSuchFileException.class);

        write(root.intermediate("one"));
        clock.advance(Duration.ofDays(366));
        assertThatThrownBy(this::read).as("expired").isInstanceOf(MeshConfigurationException.class);
    }

    @Test
    void changedFilesAreTakenOverAndBadOnesAreNot() throws Exception {
        write(root.intermediate("one"));
        Path state = Files.createDirectories(folder.resolve("state"));
        MeshCa ca = MeshCa.open(CaSettings.of(DOMAIN, state).withPluggedIn(folder), clock);
        assertThat(ca.trustBundle()).containsExactly(root.root());
        assertThat(ca.rotation()).isEmpty();
        assertThat(state.resolve("ca/root.pem")).as("no root of our own").doesNotExist();

        TestPki next = TestPki.create(DOMAIN, clock);
        Files.writeString(folder.resolve("ca-key.pem"), "half a fi");
        ca.renewIfDue();
        assertThat(ca.trustBundle()).containsExactly(root.root());

        write(next.intermediate("two"));
        ca.renewIfDue();
        assertThat(ca.trustBundle()).containsExactly(next.root());
        assertThat(Pem.readCertificates(Files.readString(ca.rootFile()))).containsExactly(next.root());
    }

    private Authority read() throws IOException {
        return new PluggedInAuthority(folder, clock).read();
    }

    private List<X509Certificate> issue(Authority authority) {
        return new CertificateSigner(() -> authority, clock, new SecureRandom())
                .workload(REVIEWS, TestKeys.p256().getPublic(), Duration.ofHours(1))
                .chain();
    }

    /** As Istio's own tool writes them: the chain begins with the signer and ends with the root. */
    private void write(TestPki signer) throws IOException {
        List<X509Certificate> chain =
                new ArrayList<>(signer.identity("shop", "reviews").chain());
        chain.remove(0);
        chain.add(signer.root());
        Files.writeString(folder.resolve("ca-cert.pem"), Pem.certificates(chain.subList(0, 1)));
        Files.writeString(
                folder.resolve("ca-key.pem"), Pem.privateKey(signer.keys().getPrivate()));
        Files.writeString(folder.resolve("cert-chain.pem"), Pem.certificates(chain));
        Files.writeString(folder.resolve("root-cert.pem"), Pem.certificates(List.of(signer.root())));
    }
}
