package io.inmesh.control.config;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** One small secret text that several control services have in common. Thread-safe. */
public interface SharedState {

    /** A text, when it was last written, and what tells it from those before and after it. Never prints the text. */
    record Kept(String text, Instant since, String version) {
        @Override
        public String toString() {
            return "version " + version + " since " + since;
        }
    }

    /**
     * The text; empty if there is none yet.
     *
     * @throws IOException if it cannot be read now
     */
    Optional<Kept> read() throws IOException;

    /**
     * Writes it unless somebody else did since it was read; false if so.
     *
     * @throws IOException if it cannot be written now
     */
    boolean replace(Optional<Kept> before, String text) throws IOException;

    /** The version as it was last heard of, without asking; empty if nothing was heard. */
    Optional<String> heard();

    /** Where it is, for messages. */
    String where();
}
