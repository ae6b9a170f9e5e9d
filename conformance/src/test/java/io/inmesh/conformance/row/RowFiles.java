package io.inmesh.conformance.row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The row files of this module: YAML, one scenario per document. */
public final class RowFiles {

    private RowFiles() {}

    /** Every scenario, file by file in the order of their names; with {@code -Dmesh.row.files=05} only of files whose names begin so. */
    public static List<Scenario> all() {
        try (Stream<Path> files = Files.list(folder())) {
            List<Scenario> scenarios = new ArrayList<>();
            for (Path file : files.filter(RowFiles::wanted).sorted().toList()) {
                scenarios.addAll(parse(Files.readString(file)));
            }
            return scenarios;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scenarios of a text in the files' form. */
    public static List<Scenario> parse(String yaml) {
        List<Scenario> scenarios = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(yaml)
                .forEach(document -> scenarios.add(ScenarioReader.read(new Fields(document))));
        return scenarios;
    }

    private static boolean wanted(Path file) {
        return file.getFileName().toString().startsWith(System.getProperty("mesh.row.files", ""));
    }

    private static Path folder() {
        URI uri;
        try {
            uri = Objects.requireNonNull(RowFiles.class.getResource("/rows")).toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return Path.of(uri);
    }
}
