package io.inmesh.conformance.side;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the pipeline reports, by request. Thread-safe. */
final class Heard implements MeshListener {

    private final Map<String, CallReport> reports = new ConcurrentHashMap<>();
    private final Map<String, String> hosts = new ConcurrentHashMap<>();

    @Override
    public @Nullable CallListener callStarted(Reporter reporter, MeshRequest request) {
        String id = Objects.requireNonNull(request.header(Side.ID));
        return new CallListener() {
            @Override
            public void attemptStarting(int attempt, String cluster, String address, HeaderSink headers) {
                hosts.put(id, address);
            }

            @Override
            public void callEnded(CallReport call) {
                reports.put(id, call);
            }
        };
    }

    /** How a call ended; empty if it did not. */
    Optional<CallReport> report(String id) {
        return Optional.ofNullable(reports.get(id));
    }

    /** The address of the last attempt; null without one. */
    @Nullable
    String host(String id) {
        return hosts.get(id);
    }
}
