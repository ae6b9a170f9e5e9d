package io.inmesh.control.jwks;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One document and when to look for it again. Thread-safe. */
final class KeyDocument {

    /** As istiod: looked for again every 20 minutes, forgotten after a week in which it could not be had. */
    private static final long REFRESH = Duration.ofMinutes(20).toNanos();

    private static final long MAX_AGE = Duration.ofDays(7).toNanos();
    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

    /** Immutable, so that one volatile is enough. */
    private record State(@Nullable String json, long asOf, long next, long pause, boolean running) {}

    private volatile State state;

    KeyDocument(Optional<String> stored, long now) {
        state = new State(stored.orElse(null), now, now, FIRST_PAUSE, false);
    }

    Optional<String> current(long now) {
        State seen = state;
        return seen.json() == null || now - seen.asOf() > MAX_AGE ? Optional.empty() : Optional.of(seen.json());
    }

    /** Whether it is time; whoever is told so has to report how it went. Called by one thread at a time. */
    boolean begin(long now) {
        State seen = state;
        if (seen.running() || now - seen.next() < 0) {
            return false;
        }
        state = new State(seen.json(), seen.asOf(), seen.next(), seen.pause(), true);
        return true;
    }

    /** Returns whether it is another document than before. */
    boolean succeeded(String json, long now) {
        boolean another = !json.equals(state.json());
        state = new State(json, now, now + REFRESH, FIRST_PAUSE, false);
        return another;
    }

    void failed(long now) {
        State seen = state;
        state = new State(
                seen.json(), seen.asOf(), now + seen.pause(), Math.min(seen.pause() * 2, LONGEST_PAUSE), false);
    }
}
