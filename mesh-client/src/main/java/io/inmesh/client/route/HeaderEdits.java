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

    /**
     * Makes the changes.
     *
     * @param context what values are made of
     */
    public void apply(HeaderEditor headers, HeaderContext context) {
        for (int i = 0; i < edits.size(); i++) {
            edits.get(i).apply(headers, context);
        }
    }

    /** One change. Names are lower case. */
    public sealed interface Edit {
        void apply(HeaderEditor headers, HeaderContext context);
    }

    /** How a value meets those that are there. */
    public enum Action {
        APPEND,
        ADD_IF_ABSENT,
        OVERWRITE,
        OVERWRITE_IF_PRESENT
    }

    /**
     * A value.
     *
     * @param keepEmpty it is written even if nothing of it is known
     */
    public record Write(String name, HeaderValue value, Action action, boolean keepEmpty) implements Edit {
        @Override
        public void apply(HeaderEditor headers, HeaderContext context) {
            String text = value.text(context);
            if (!text.isEmpty() || keepEmpty) {
                write(headers, text);
            }
        }

        private void write(HeaderEditor headers, String text) {
            switch (action) {
                case APPEND -> headers.add(name, text);
                case ADD_IF_ABSENT -> {
                    if (!headers.has(name)) {
                        headers.add(name, text);
                    }
                }
                case OVERWRITE -> headers.set(name, text);
                case OVERWRITE_IF_PRESENT -> {
                    if (headers.has(name)) {
                        headers.set(name, text);
                    }
                }
            }
        }
    }

    public record Remove(String name) implements Edit {
        @Override
        public void apply(HeaderEditor headers, HeaderContext context) {
            headers.remove(name);
        }
    }
}
