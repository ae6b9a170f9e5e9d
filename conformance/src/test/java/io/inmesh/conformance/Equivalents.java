package io.inmesh.conformance;

import io.inmesh.conformance.mutate.Point;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The reviewed list {@code mutation/equivalent.yaml}: mistakes that change nothing that any caller or upstream could see, each with its
 * reason.
 *
 * @param names as {@link Point#name()} gives them
 */
record Equivalents(Set<String> names) {

    static Equivalents read() {
        try (InputStream in =
                Objects.requireNonNull(Equivalents.class.getResourceAsStream("/mutation/equivalent.yaml"))) {
            Set<String> names = new HashSet<>();
            for (Object each : (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in)) {
                Map<?, ?> entry = (Map<?, ?>) each;
                Objects.requireNonNull(entry.get("because"), "an equivalent mistake has a reason");
                names.add(String.valueOf(Objects.requireNonNull(entry.get("place"))));
            }
            return new Equivalents(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean contain(Point point) {
        return names.contains(point.name());
    }
}
