package io.inmesh.control.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.yaml.YamlLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFolderTest {

    private static final String NAMESPACE = "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}\n";

    @TempDir
    Path folder;

    @TempDir
    Path copies;

    private ConfigFolder watched;

    @BeforeEach
    void watch() {
        watched = new ConfigFolder(folder, Optional.of(new LastGoodFiles(copies)), YamlLimits.DEFAULT);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** The last of what so many polls gave. */
    private Optional<ConfigSnapshot> polls(int count) {
        Optional<ConfigSnapshot> last = Optional.empty();
        for (int i = 0; i < count; i++) {
            Optional<ConfigSnapshot> snapshot = watched.poll();
            last = snapshot.isPresent() ? snapshot : last;
        }
        return last;
    }

    private static List<String> ids(ConfigSnapshot snapshot) {
        return snapshot.resources().stream()
                .map(resource -> resource.meta().id())
                .toList();
    }

    @Test
    void anEmptyFolderIsACompleteState() {
        assertThat(watched.poll().orElseThrow().complete()).isTrue();
    }

    @Test
    void theFirstStateHasEveryFile() throws IOException {
        write("a.yaml", NAMESPACE.formatted("a"));
        write("shop/b.yml", NAMESPACE.formatted("b"));
        write(".hidden.yaml", NAMESPACE.formatted("c"));
        write("c.yaml~", NAMESPACE.formatted("c"));

        assertThat(watched.poll()).isEmpty();
        assertThat(ids(watched.poll().orElseThrow())).containsExactly("Namespace a/a", "Namespace b/b");
        assertThat(polls(10)).isEmpty();
    }

    @Test
    void aFileThatIsStillBeingWrittenIsNotRead() throws IOException {
        write("a.yaml", NAMESPACE.formatted("a"));
        polls(2);
        String grows = "";
        for (int i = 0; i < 5; i++) {
            grows += NAMESPACE.formatted("n" + i) + "---\n";
            write("a.yaml", grows);
            assertThat(watched.poll()).isEmpty();
        }
        assertThat(ids(watched.poll().orElseThrow())).hasSize(5);
    }

    @Test
    void anAtomicRenameOverAFileIsAnEdit() throws IOException {
        write("a.yaml", NAMESPACE.formatted("a"));
        polls(2);
        Path other = Files.writeString(folder.resolve("a.yaml.tmp"), NAMESPACE.formatted("b"));
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(folder.resolve("a.yaml")));
        Files.move(other, folder.resolve("a.yaml"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(ids(polls(2).orElseThrow())).containsExactly("Namespace b/b");
    }

    @Test
    void aFileThatIsGoneForAMomentTakesNothingAway() throws IOException {
        write("a.yaml", NAMESPACE.formatted("a"));
        polls(2);
        Files.delete(folder.resolve("a.yaml"));
        assertThat(polls(3)).isEmpty();
        write("a.yaml", NAMESPACE.formatted("b"));

        assertThat(ids(polls(2).orElseThrow())).containsExactly("Namespace b/b");
    }

    @Test
    void aFileThatStaysAwayIsDeleted() throws IOException {
        write("a.yaml", NAMESPACE.formatted("a"));
        polls(2);
        Files.delete(folder.resolve("a.yaml"));

        assertThat(polls(6).orElseThrow().resources()).isEmpty();
    }

    @Test
    void aTruncatedFileIsBelievedOnlyAfterAWhile() throws IOException {
        write("a.yaml", NAMESPACE.formatted("a"));
        polls(2);
        write("a.yaml", "");
        assertThat(polls(3)).isEmpty();
        assertThat(polls(3).orElseThrow().resources()).isEmpty();
    }

    @Test
    void brokenYamlKeepsAllThatTheFileGave() throws IOException {
        write("a.yaml", NAMESPACE.formatted("a") + "---\n" + NAMESPACE.formatted("b"));
        polls(2);
        write("a.yaml", NAMESPACE.formatted("a") + "---\nx: [\n");

        ConfigSnapshot snapshot = polls(2).orElseThrow();
        assertThat(ids(snapshot)).containsExactly("Namespace a/a", "Namespace b/b");
        assertThat(snapshot.problems())
                .singleElement()
                .asString()
                .startsWith("a.yaml:")
                .contains("not YAML");
    }

    @Test
    void aBadResourceKeepsItsLastGoodVersionAndTheOthersTakeEffect() throws IOException {
        String service = """
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {ports: [{port: %s}]}
                ---
                """;
        write("a.yaml", service.formatted("a", 80) + service.formatted("b", 80));
        polls(2);
        write("a.yaml", service.formatted("a", 70_000) + service.formatted("b", 81));

        ConfigSnapshot snapshot = polls(2).orElseThrow();
        assertThat(snapshot.of(KubernetesService.class))
                .extracting(read -> read.ports().get(0).number())
                .containsExactlyInAnyOrder(80, 81);
        assertThat(snapshot.problems())
                .singleElement()
                .asString()
                .contains("a.yaml:4")
                .contains("70000");
    }

    @Test
    void aFileThatWasNeverReadableMakesTheFirstStateIncomplete() throws IOException {
        write("a.yaml", "x: [");
        assertThat(polls(2).orElseThrow().complete()).isFalse();

        write("a.yaml", NAMESPACE.formatted("a"));
        assertThat(polls(2).orElseThrow().complete()).isTrue();
    }

    @Test
    void aRestartDuringABrokenEditServesTheCopy() throws IOException {
        write("shop/a.yaml", NAMESPACE.formatted("a"));
        polls(2);
        write("shop/a.yaml", "x: [");
        polls(2);

        watch();
        ConfigSnapshot snapshot = polls(2).orElseThrow();
        assertThat(ids(snapshot)).containsExactly("Namespace a/a");
        assertThat(snapshot.complete()).isTrue();
        assertThat(snapshot.problems()).isNotEmpty();
    }

    @Test
    void aNewBrokenFileTakesNothingAwayEvenAfterARestart() throws IOException {
        write("a.yaml", NAMESPACE.formatted("a"));
        polls(2);
        write("b.yaml", "x: [");
        assertThat(polls(2).orElseThrow().complete()).isTrue();

        watch();
        assertThat(polls(2).orElseThrow().complete()).isTrue();
    }

    @Test
    void aResourceThatIsWrittenTwiceIsNamedWithBothPlaces() throws IOException {
        write("a.yaml", NAMESPACE.formatted("a"));
        write("b.yaml", NAMESPACE.formatted("a"));

        ConfigSnapshot snapshot = polls(2).orElseThrow();
        assertThat(ids(snapshot)).hasSize(1);
        assertThat(snapshot.problems())
                .singleElement()
                .asString()
                .contains("b.yaml:1")
                .contains("a.yaml:1");
    }

    @Test
    void aFolderThatCannotBeReadKeepsTheState() throws IOException {
        write("a.yaml", NAMESPACE.formatted("a"));
        polls(2);
        Path away = folder.resolveSibling("away-" + folder.getFileName());
        Files.move(folder, away);
        assertThat(polls(8).map(ConfigFolderTest::ids))
                .hasValueSatisfying(ids -> assertThat(ids).hasSize(1));
        Files.move(away, folder);
        assertThat(polls(8).map(ConfigFolderTest::ids))
                .hasValueSatisfying(ids -> assertThat(ids).hasSize(1));
    }
}
