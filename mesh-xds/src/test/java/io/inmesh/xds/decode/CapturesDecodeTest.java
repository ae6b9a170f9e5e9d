package io.inmesh.xds.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a real istiod sends: nothing is refused, and what is not supported is a list that may only become shorter. */
class CapturesDecodeTest {

    private static final List<ResourceDecoder<?>> DECODERS = List.of(
            ResourceDecoder.CLUSTERS,
            ResourceDecoder.LOAD_ASSIGNMENTS,
            ResourceDecoder.LISTENERS,
            ResourceDecoder.ROUTE_CONFIGURATIONS);

    @Test
    void nothingIsRefused() {
        for (ResourceDecoder<?> decoder : DECODERS) {
            List<? extends Decoded<?>> decoded = Captures.decoded(decoder).toList();
            assertThat(decoded).hasSizeGreaterThan(50).allMatch(Decoded.Usable.class::isInstance);
        }
    }

    @Test
    void unsupportedPathsAreExactlyTheCommittedOnes() throws IOException {
        Set<String> found = new TreeSet<>();
        for (ResourceDecoder<?> decoder : DECODERS) {
            Captures.decoded(decoder).forEach(decoded -> {
                for (String path : ((Decoded.Usable<?>) decoded).unsupported()) {
                    found.add(simpleName(decoder) + ": " + normalised(path));
                }
            });
        }

        assertThat(found)
                .as("new ones have to be decoded, those that are gone struck off src/test/resources")
                .isEqualTo(committed().keySet());
    }

    @Test
    void eachCommittedPathHasItsReason() throws IOException {
        assertThat(committed().values()).allMatch(reason -> reason.length() > 10);
    }

    private static String simpleName(ResourceDecoder<?> decoder) {
        String fullName = decoder.type().fullName();
        return fullName.substring(fullName.lastIndexOf('.') + 1);
    }

    private static String normalised(String path) {
        return path.replaceAll("\\{[^}]*}", "{}").replaceAll("\\[\\d+]", "[]");
    }

    /** Lines of a path, a bar, and the reason. */
    private static Map<String, String> committed() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CapturesDecodeTest.class.getResourceAsStream("unsupported.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", 2))
                    .collect(Collectors.toMap(
                            parts -> parts[0], parts -> parts[1], (first, second) -> first, TreeMap::new));
        }
    }
}
