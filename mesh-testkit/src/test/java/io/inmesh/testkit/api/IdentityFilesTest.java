package io.inmesh.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.IdentityFiles;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFilesTest {

    @TempDir
    private Path folder;

    private final TestPki pki = TestPki.create();
    private final WorkloadIdentity first = pki.identity("shop", "reviews");
    private final WorkloadIdentity second = pki.identity("shop", "reviews");
    private IdentityFiles files;

    @BeforeEach
    void open() {
        files = new IdentityFiles(folder);
    }

    @Test
    void anIdentityIsReadOnceAndAgainWhenItChanges() throws Exception {
        write(first);
        assertThat(files.read(first.notBefore()).orElseThrow().leaf()).isEqualTo(first.leaf());
        assertThat(files.read(first.notBefore())).isEmpty();
        write(second);
        WorkloadIdentity read = files.read(second.notBefore()).orElseThrow();
        assertThat(read.leaf()).isEqualTo(second.leaf());
        assertThat(read.id()).isEqualTo(second.id());
        assertThat(read.trustBundle()).isEqualTo(second.trustBundle());
    }

    @Test
    void theKeyOfOneRotationIsNeverPairedWithTheChainOfAnother() throws Exception {
        write(first);
        files.read(first.notBefore());
        write("key.pem", Pem.privateKey(second.key()));

        assertThatThrownBy(() -> files.read(first.notBefore()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("the key is not the certificate's");
        write("cert-chain.pem", Pem.certificates(second.chain()));
        assertThat(files.read(second.notBefore()).orElseThrow().leaf()).isEqualTo(second.leaf());
    }

    @Test
    void aFileThatIsMissingCutOrForeignIsRefused() throws Exception {
        assertThatThrownBy(() -> files.read(first.notBefore())).isInstanceOf(NoSuchFileException.class);
        write(first);
        for (String name : new String[] {"key.pem", "cert-chain.pem", "root-cert.pem"}) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> files.read(first.notBefore()))
                    .as(name)
                    .isInstanceOf(GeneralSecurityException.class);
            Files.write(folder.resolve(name), whole);
        }
        write(
                "root-cert.pem",
                Pem.certificates(TestPki.create().identity("a", "b").trustBundle()));
        assertThatThrownBy(() -> files.read(first.notBefore())).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aFlippedBitNeverMakesAnotherIdentity() throws Exception {
        write(first);
        Random random = new Random(6);
        for (String name : new String[] {"key.pem", "cert-chain.pem"}) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            for (int i = 0; i < 40; i++) {
                byte[] flipped = whole.clone();
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(7));
                Files.write(folder.resolve(name), flipped);
                assertSameOrRefused();
            }
            Files.write(folder.resolve(name), whole);
        }
    }

    @Test
    void anExpiredIdentityIsRefused() throws Exception {
        write(first);
        assertThatThrownBy(() -> files.read(first.notAfter().plus(Duration.ofSeconds(1))))
                .isInstanceOf(GeneralSecurityException.class);
    }

    /** A flip in a PEM file's framing or blank space changes nothing. */
    private void assertSameOrRefused() throws IOException {
        try {
            WorkloadIdentity read =
                    new IdentityFiles(folder).read(first.notBefore()).orElseThrow();
            assertThat(read.leaf()).isEqualTo(first.leaf());
        } catch (GeneralSecurityException refused) {
            assertThat(refused).isNotNull();
        }
    }

    private void write(WorkloadIdentity identity) throws IOException {
        write("key.pem", Pem.privateKey(identity.key()));
        write("cert-chain.pem", Pem.certificates(identity.chain()));
        write("root-cert.pem", Pem.certificates(identity.trustBundle()));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
