package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.testkit.FakeClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootRotationTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");

    @TempDir
    Path state;

    private final FakeClock clock = new FakeClock();
    private MeshCa ca;
    private RootRotation rotation;
    private X509Certificate old;

    @BeforeEach
    void open() throws Exception {
        ca = MeshCa.open(CaSettings.of(DOMAIN, state), clock);
        rotation = new RootRotation(state, DOMAIN, clock);
        old = ca.trustBundle().iterator().next();
    }

    @Test
    void aRunningAuthorityTakesEachStepOver() throws Exception {
        assertThat(rotation.add().step()).isEqualTo(RotationStep.ADDED);
        ca.renewIfDue();
        Set<X509Certificate> both = ca.trustBundle();
        assertThat(both).hasSize(2).contains(old);
        assertThat(signer()).isEqualTo(old);

        assertThat(rotation.signWithNew().step()).isEqualTo(RotationStep.SIGNING_WITH_NEW);
        ca.renewIfDue();
        assertThat(ca.trustBundle()).isEqualTo(both);
        assertThat(signer()).isNotEqualTo(old).isIn(both);

        assertThat(rotation.removeOld().step()).isEqualTo(RotationStep.STEADY);
        ca.renewIfDue();
        assertThat(ca.trustBundle()).hasSize(1).doesNotContain(old);
        assertThat(Pem.readCertificates(Files.readString(ca.rootFile()))).containsExactlyElementsOf(ca.trustBundle());
    }

    @Test
    void everyStepIsOnDiskBeforeItCounts() throws Exception {
        rotation.add();
        assertThat(MeshCa.open(CaSettings.of(DOMAIN, state), clock).trustBundle())
                .hasSize(2);
        rotation.signWithNew();
        assertThat(Files.readString(state.resolve("ca/root.pem"))).containsOnlyOnce("BEGIN PRIVATE KEY");
        assertThat(MeshCa.open(CaSettings.of(DOMAIN, state), clock).trustBundle())
                .hasSize(2);
    }

    @Test
    void stepsOutOfOrderAreRefusedAndChangeNothing() throws Exception {
        assertThatThrownBy(rotation::signWithNew).isInstanceOf(MeshConfigurationException.class);
        assertThatThrownBy(rotation::removeOld).isInstanceOf(MeshConfigurationException.class);
        rotation.add();
        assertThatThrownBy(rotation::add).isInstanceOf(MeshConfigurationException.class);
        assertThatThrownBy(rotation::removeOld).isInstanceOf(MeshConfigurationException.class);
        rotation.signWithNew();
        assertThatThrownBy(rotation::add).isInstanceOf(MeshConfigurationException.class);
        assertThatThrownBy(rotation::signWithNew).isInstanceOf(MeshConfigurationException.class);
        assertThat(rotation.status().step()).isEqualTo(RotationStep.SIGNING_WITH_NEW);
    }

    @Test
    void theStatusNamesTheRootsAndSinceWhen() throws Exception {
        rotation.add();
        Instant added = Instant.parse("2026-11-23T04:00:00Z");
        Files.setLastModifiedTime(state.resolve("ca/root.pem"), FileTime.from(added));

        RotationStatus status = rotation.status();

        assertThat(status.since()).isEqualTo(added);
        assertThat(status.roots()).hasSize(2);
        assertThat(status.roots().get(0)).isEqualTo(RotationStatus.Root.of(old));
        assertThat(ca.rotation().orElseThrow()).isEqualTo(status);
    }

    @Test
    void aFileThatIsDamagedWhileTheServiceRunsLeavesTheLastGoodAuthority() throws Exception {
        Path file = state.resolve("ca/root.pem");
        byte[] good = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(good, good.length / 2));
        ca.renewIfDue();
        assertThat(ca.trustBundle()).containsExactly(old);

        Files.write(file, good);
        rotation.add();
        ca.renewIfDue();
        assertThat(ca.trustBundle()).hasSize(2);
    }

    /** Who signed the port's own certificate, which a change of the signer renews at once. */
    private X509Certificate signer() {
        X509Certificate leaf = ((ServerKeyManager) ca.securePort().keyManager()).leaf();
        return ca.trustBundle().stream()
                .filter(root -> hasSigned(root, leaf))
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasSigned(X509Certificate root, X509Certificate leaf) {
        try {
            leaf.verify(root.getPublicKey());
            return true;
        } catch (GeneralSecurityException other) {
            return false;
        }
    }
}
