package io.inmesh.xds.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.xds.envoy.DeclaredTypes;
import io.inmesh.xds.wire.MessageType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code fields.txt} lists every declared field of Envoy's and whether decoders read it; the table of features is made from it ({@code -Dmesh.fields.write=true} writes it). Those that are
 * not decoded are there for mesh-control to write, or passed over for a reason that the decoder gives.
 */
class DecodedFieldsTest {

    /** The protocol itself, and what the admin endpoint answers. */
    private static final Pattern NO_RESOURCES = Pattern.compile("envoy\\.(service|admin|config\\.bootstrap)\\.");

    @Test
    void theCommittedListOfDecodedFieldsIsTrue() throws IOException {
        Map<MessageType, Set<String>> decoded = DecodedFields.find();
        List<String> lines = DeclaredTypes.REGISTRY.types().stream()
                .filter(type -> type.fullName().startsWith("envoy.")
                        && !NO_RESOURCES.matcher(type.fullName()).lookingAt())
                .flatMap(type -> type.fields().stream()
                        .map(field -> type.fullName() + " " + field.name() + " "
                                + (decoded.getOrDefault(type, Set.of()).contains(field.name())
                                        ? "decoded"
                                        : "declared")))
                .sorted()
                .toList();

        if (Boolean.getBoolean("mesh.fields.write")) {
            Files.write(Path.of("src/test/resources/io/inmesh/xds/decode/fields.txt"), lines);
        }
        assertThat(lines).isEqualTo(committed());
    }

    private static List<String> committed() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DecodedFieldsTest.class.getResourceAsStream("fields.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }
}
