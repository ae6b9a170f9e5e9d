package io.inmesh.client.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Jazzer found worth keeping goes through the targets again. */
class CorpusTest {

    @Test
    void configurationsAreUsedOrRefused() throws Exception {
        replay("ConfigurationTarget", ConfigurationTarget::fuzzerTestOneInput);
    }

    @Test
    void matchersAgreeWithThemselves() throws Exception {
        replay("MatchersTarget", MatchersTarget::fuzzerTestOneInput);
    }

    @Test
    void clientHellosAreReadOrRefused() throws Exception {
        replay("ClientHelloTarget", ClientHelloTarget::fuzzerTestOneInput);
    }

    private static void replay(String target, Consumer<byte[]> input) throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(CorpusTest.class.getResource("/fuzz/" + target))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSizeGreaterThan(10);
            for (Path file : all) {
                byte[] bytes = Files.readAllBytes(file);
                assertThatCode(() -> input.accept(bytes)).as(file.toString()).doesNotThrowAnyException();
            }
        }
    }
}
