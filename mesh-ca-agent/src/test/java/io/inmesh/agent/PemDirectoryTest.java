package io.inmesh.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemDirectoryTest {

    private final TestPki pki = TestPki.create().intermediate("one");

    @TempDir
    Path folder;

    @Test
    void filesHoldTheIdentityAndOnlyTheOwnerReadsThem() throws Exception {
        WorkloadIdentity identity = pki.identity("shop", "reviews");
        PemDirectory.open(folder.resolve("out")).write(identity);
        assertHolds(identity);
        assertThat(mode("out")).isEqualTo("rwx------");
        assertThat(mode("out/key.pem")).isEqualTo("rw-------");
    }

    @Test
    void eachIdentityReplacesTheOneBeforeAndOldOnesGo() throws Exception {
        PemDirectory directory = PemDirectory.open(folder.resolve("out"));
        for (int i = 0; i < 5; i++) {
            WorkloadIdentity identity = pki.identity("shop", "reviews");
            directory.write(identity);
            assertHolds(identity);
        }
        assertThat(folder.resolve("out/generation-5")).isDirectory();
        assertThat(folder.resolve("out/generation-4")).isDirectory();
        assertThat(folder.resolve("out/generation-3")).doesNotExist();
        WorkloadIdentity next = pki.identity("shop", "reviews");
        PemDirectory.open(folder.resolve("out")).write(next);
        assertHolds(next);
    }

    /** Whoever goes through the one link never sees the key of one identity with the chain of another. */
    @Test
    void keyAndChainOfOneGenerationAlwaysBelongTogether() throws Exception {
        PemDirectory directory = PemDirectory.open(folder.resolve("out"));
        directory.write(pki.identity("shop", "reviews"));
        Path opened = folder.resolve("out/current").toRealPath();
        String key = Files.readString(opened.resolve("key.pem"));
        directory.write(pki.identity("shop", "reviews"));
        assertThat(Files.readString(opened.resolve("key.pem"))).isEqualTo(key);
        assertThat(Files.readString(folder.resolve("out/current/key.pem"))).isNotEqualTo(key);
    }

    private void assertHolds(WorkloadIdentity identity) throws Exception {
        Path out = folder.resolve("out");
        assertThat(Pem.readPrivateKey(Files.readString(out.resolve("key.pem")))).isEqualTo(identity.key());
        assertThat(Pem.readCertificates(Files.readString(out.resolve("cert-chain.pem"))))
                .isEqualTo(identity.chain());
        assertThat(Pem.readCertificates(Files.readString(out.resolve("root-cert.pem"))))
                .containsExactlyElementsOf(identity.trustBundle());
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
