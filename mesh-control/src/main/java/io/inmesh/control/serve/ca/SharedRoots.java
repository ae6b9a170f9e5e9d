package io.inmesh.control.serve.ca;

import io.inmesh.control.config.SharedState;
import io.inmesh.control.config.SharedState.Kept;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The roots in a state that several control services share; of those that write at once one wins, and the others look again. */
final class SharedRoots implements RootText {

    private static final int TRIES = 10;

    private final SharedState state;
    private Optional<String> read = Optional.empty();

    SharedRoots(SharedState state) {
        this.state = state;
    }

    @Override
    public String change(Function<Optional<String>, String> step) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Optional<Kept> before = state.read();
            String after = step.apply(before.map(Kept::text));
            if (before.isPresent() && before.get().text().equals(after)) {
                read = Optional.of(before.get().version());
                return after;
            }
            if (state.replace(before, after)) {
                read = state.read().map(Kept::version);
                return after;
            }
        }
        throw new IOException(where() + " is written by others all the time");
    }

    /** What was heard of; until then what was read. */
    @Override
    public String mark() {
        return state.heard().or(() -> read).orElse("");
    }

    @Override
    public Instant since() throws IOException {
        return state.read().map(Kept::since).orElse(Instant.EPOCH);
    }

    @Override
    public String where() {
        return state.where();
    }
}
