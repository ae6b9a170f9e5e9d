package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TestKeys;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityStoreTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");

    @TempDir
    Path state;

    private final FakeClock clock = new FakeClock();

    @Test
    void aNewRootLivesTenYearsAndSignsWhatPeersTrust() throws Exception {
        Authority authority = open();
        assertThat(Duration.between(
                        clock.now(), authority.signer().getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(3650));
        SpiffeId id = SpiffeId.of(DOMAIN, "shop", "reviews");
        List<X509Certificate> chain = new CertificateSigner(() -> authority, clock, new SecureRandom())
                .workload(id, TestKeys.p256().getPublic(), Duration.ofHours(1))
                .chain();
        assertThat(SvidVerifier.verify(chain, authority.trustBundle(), clock.now()))
                .isEqualTo(id);
    }

    @Test
    void theRootStaysOverRestarts() throws Exception {
        Authority first = open();
        Authority second = open();
        assertThat(second.signer()).isEqualTo(first.signer());
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(Pem.readCertificates(Files.readString(state.resolve("ca/root-cert.pem"))))
                .containsExactly(first.signer());
    }

    @Test
    void onlyTheOwnerCanReadWhatIsKept() throws Exception {
        open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("ca"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("ca/root.pem"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(state.resolve("ca/root-cert.pem"))).doesNotContain("PRIVATE");
    }

    /** A new root in place of a damaged one would cut off every workload, so the start has to fail. */
    @Test
    void aDamagedRootEndsTheStartAndStaysAsItIs() throws Exception {
        open();
        Path file = state.resolve("ca/root.pem");
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length < good.length - 60; length += 60) {
            assertRefused(file, java.util.Arrays.copyOf(good, length));
        }
        for (int at = 40; at < good.length - 40; at += 23) {
            byte[] flipped = good.clone();
            flipped[at] = (byte) (flipped[at] == 'A' ? 'B' : 'A');
            if (!java.util.Arrays.equals(flipped, good)) {
                Files.write(file, flipped);
                assertRefusedOrSame(good);
                assertThat(Files.readAllBytes(file)).isEqualTo(flipped);
            }
        }
    }

    @Test
    void keyAndCertificateOfDifferentRootsAreRefused() throws Exception {
        open();
        KeyPair other = TestKeys.p256();
        TestPki pki = TestPki.create(DOMAIN, clock);
        assertRefused(state.resolve("ca/root.pem"), pem(other, pki.root()));
    }

    @Test
    void aLeafIsNoRoot() throws Exception {
        open();
        TestPki pki = TestPki.create(DOMAIN, clock);
        KeyPair keys = TestKeys.p256();
        X509Certificate leaf = pki.leaf(SpiffeId.of(DOMAIN, "shop", "reviews"))
                .keys(keys)
                .issue()
                .leaf();
        assertRefused(state.resolve("ca/root.pem"), pem(keys, leaf));
    }

    @Test
    void anExpiredRootEndsTheStart() throws Exception {
        open();
        clock.advance(Duration.ofDays(3651));
        assertThatThrownBy(this::open)
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageContaining("expired");
    }

    private static byte[] pem(KeyPair keys, X509Certificate certificate) {
        return Pem.bytes(Pem.privateKey(keys.getPrivate()) + Pem.certificates(List.of(certificate)));
    }

    private void assertRefused(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(this::open).isInstanceOf(MeshConfigurationException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    /** PKCS#8 has bits that mean nothing; with such a one flipped the same root may be loaded. */
    private void assertRefusedOrSame(byte[] good) throws Exception {
        try {
            assertThat(open().signer())
                    .isEqualTo(Pem.readCertificates(new String(good, java.nio.charset.StandardCharsets.US_ASCII))
                            .get(0));
        } catch (MeshConfigurationException refused) {
            assertThat(refused).hasMessageContaining("root.pem");
        }
    }

    private Authority open() throws IOException {
        PrivateDirectory folder = PrivateDirectory.open(state.resolve("ca"));
        return new LiveAuthority(new AuthorityStore(folder, DOMAIN, clock, new SecureRandom()), folder).get();
    }
}
