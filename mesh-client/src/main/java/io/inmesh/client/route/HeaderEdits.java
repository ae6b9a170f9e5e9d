package io.inmesh.client.route;

import java.util.ArrayList;
import java.util.List;

/**
 * Changes to a message's headers in the order in which they take effect. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers">Envoy, custom headers</a>
 */
public record HeaderEdits(List<Edit> edits) {

    public static final HeaderEdits NONE = new HeaderEdits(List.of());

    public HeaderEdits {
        edits = List.copyOf(edits);
    }

    public HeaderEdits then(HeaderEdits later) {
        if (edits.isEmpty() || later.edits.isEmpty()) {
            return edits.isEmpty() ? later : this;
        }
        List<Edit> all = new ArrayList<>(edits);
        all.addAll(later.edits);
        return new HeaderEdits(all);
    }

    public void apply(HeaderEditor headers) {
        for (int i = 0; i < edits.size(); i++) {
            edits.get(i).apply(headers);
        }
    }

    /** One change. Names are lower case. */
    public sealed interface Edit {
        void apply(HeaderEditor headers);
    }

    public record Append(String name, String value) implements Edit {
        @Override
        public void apply(HeaderEditor headers) {
            headers.add(name, value);
        }
    }

    public record Overwrite(String name, String value, boolean onlyIfExists) implements Edit {
        @Override
        public void apply(HeaderEditor headers) {
            if (!onlyIfExists || headers.has(name)) {
                headers.set(name, value);
            }
        }
    }

    public record AddIfAbsent(String name, String value) implements Edit {
        @Override
        public void apply(HeaderEditor headers) {
            if (!headers.has(name)) {
                headers.add(name, value);
            }
        }
    }

    public record Remove(String name) implements Edit {
        @Override
        public void apply(HeaderEditor headers) {
            headers.remove(name);
        }
    }
}
