package io.inmesh.client;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.api.spi.PolicyVerdict;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several listeners as one. As thread-safe as they are. */
record Listeners(List<MeshListener> listeners) implements MeshListener {

    /** Null if there is none, so that nothing is measured for nobody. */
    static @Nullable MeshListener of(List<MeshListener> listeners) {
        if (listeners.isEmpty()) {
            return null;
        }
        return listeners.size() == 1 ? listeners.get(0) : new Listeners(List.copyOf(listeners));
    }

    @Override
    public @Nullable CallListener callStarted(Reporter reporter, MeshRequest request) {
        List<CallListener> heard = listeners.stream()
                .map(listener -> listener.callStarted(reporter, request))
                .filter(Objects::nonNull)
                .<CallListener>map(Objects::requireNonNull)
                .toList();
        return heard.isEmpty() ? null : new Calls(heard);
    }

    /** One call heard by several. */
    private record Calls(List<CallListener> listeners) implements CallListener {

        @Override
        public void attemptStarting(int attempt, String cluster, String address, HeaderSink headers) {
            listeners.forEach(listener -> listener.attemptStarting(attempt, cluster, address, headers));
        }

        @Override
        public void attemptEnded(AttemptReport attempt) {
            listeners.forEach(listener -> listener.attemptEnded(attempt));
        }

        @Override
        public void policyJudged(PolicyVerdict verdict) {
            listeners.forEach(listener -> listener.policyJudged(verdict));
        }

        @Override
        public void callEnded(CallReport call) {
            listeners.forEach(listener -> listener.callEnded(call));
        }
    }
}
