package io.inmesh.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

    private static final List<byte[]> RESPONSES = List.of(new byte[0], new byte[] {1, 2, 3}, new byte[5_000]);

    @TempDir
    Path folder;

    private PrivateDirectory directory;

    @BeforeEach
    void open() throws IOException {
        directory = PrivateDirectory.open(folder.resolve("state"));
    }

    @Test
    void anIdentityComesBackAsItWent() throws Exception {
        WorkloadIdentity identity = TestPki.create().intermediate("one").identity("shop", "reviews");
        IdentityStore store = new IdentityStore(directory);
        assertThat(store.load()).isEmpty();
        store.save(identity);
        assertThat(store.load()).hasValue(identity);
        assertThat(mode("identity")).isEqualTo("rw-------");
        store.clear();
        assertThat(store.load()).isEmpty();
        assertThat(folder.resolve("state/identity")).doesNotExist();
    }

    @Test
    void responsesComeBackToTheirOwnerOnly() throws Exception {
        ResourceStore store = new ResourceStore(directory, "reviews.shop");
        assertThat(store.load()).isEmpty();
        store.save(RESPONSES);
        assertThat(store.load()).usingRecursiveComparison().isEqualTo(RESPONSES);
        assertThat(new ResourceStore(directory, "ratings.shop").load()).isEmpty();
        assertThat(mode("resources")).isEqualTo("rw-------");
    }

    @Test
    void aFileCutAnywhereIsAsGoodAsNone() throws Exception {
        new IdentityStore(directory).save(TestPki.create().identity("shop", "reviews"));
        new ResourceStore(directory, "a").save(RESPONSES);
        for (String name : List.of("identity", "resources")) {
            byte[] whole = Files.readAllBytes(folder.resolve("state").resolve(name));
            for (int length = 0; length < whole.length; length += length < 100 ? 1 : 37) {
                Files.write(folder.resolve("state").resolve(name), Arrays.copyOf(whole, length));
                assertNothingLoads(name);
            }
            byte[] longer = Arrays.copyOf(whole, whole.length + 1);
            Files.write(folder.resolve("state").resolve(name), longer);
            assertNothingLoads(name);
        }
    }

    @Test
    void aFileWithAnyBitFlippedIsAsGoodAsNone() throws Exception {
        new IdentityStore(directory).save(TestPki.create().identity("shop", "reviews"));
        new ResourceStore(directory, "a").save(RESPONSES);
        Random random = new Random(3);
        for (String name : List.of("identity", "resources")) {
            Path file = folder.resolve("state").resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int at = 0; at < whole.length; at += at < 60 ? 1 : 29) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, flipped);
                assertNothingLoads(name);
            }
        }
    }

    @Test
    void whatAnotherProgramWroteIsAsGoodAsNone() throws Exception {
        Files.writeString(folder.resolve("state/identity"), "-----BEGIN PRIVATE KEY-----");
        Files.write(folder.resolve("state/resources"), Sealed.seal(new byte[] {0, 1, 'a', 127, -1, -1, -1}));
        assertThat(new IdentityStore(directory).load()).isEmpty();
        assertThat(new ResourceStore(directory, "a").load()).isEmpty();
        Files.write(folder.resolve("state/identity"), Sealed.seal("x\nbundle\n".getBytes(StandardCharsets.US_ASCII)));
        assertThat(new IdentityStore(directory).load()).isEmpty();
    }

    private void assertNothingLoads(String name) throws IOException {
        if (name.equals("identity")) {
            assertThat(new IdentityStore(directory).load()).isEmpty();
        } else {
            assertThat(new ResourceStore(directory, "a").load()).isEmpty();
        }
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("state").resolve(name)));
    }
}
