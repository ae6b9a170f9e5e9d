package io.inmesh.conformance.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The table of {@code coverage/istio-fields.yaml}. */
public final class IstioFields {

    private IstioFields() {}

    /** Every field that rows have to cover, in the matrix' order. */
    public static List<IstioField> all() {
        Map<?, ?> document = (Map<?, ?>) load();
        List<IstioField> fields = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(document.get("fields"))) {
            Map<?, ?> field = (Map<?, ?>) each;
            boolean must = field.containsKey("must");
            String name = String.valueOf(field.get(must ? "must" : "should"));
            List<String> envoy = ((List<?>) Objects.requireNonNull(field.get("envoy")))
                    .stream().map(String::valueOf).toList();
            fields.add(new IstioField(name, must, envoy, text(field.get("code")), text(field.get("pending"))));
        }
        return fields;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static Object load() {
        try (InputStream in =
                Objects.requireNonNull(IstioFields.class.getResourceAsStream("/coverage/istio-fields.yaml"))) {
            return new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
