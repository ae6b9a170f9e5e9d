package io.inmesh.benchmarks;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.pipeline.Exchange;
import io.inmesh.client.pipeline.OutboundCall;
import io.inmesh.client.pipeline.ResponseEnd;
import io.inmesh.client.pipeline.Transport;
import io.inmesh.client.route.HeaderEditor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers 200 at once on a connection that is always there, and allocates as little as a transport can: what is left is ours. */
final class StubTransport implements Transport<MeshRequest, MeshResponse> {

    private static final MeshResponse OK = new MeshResponse() {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public List<String> headerValues(String name) {
            return List.of();
        }
    };

    private static final HeaderEditor IGNORED = new HeaderEditor() {
        @Override
        public boolean has(String name) {
            return false;
        }

        @Override
        public void set(String name, String value) {}

        @Override
        public void add(String name, String value) {}

        @Override
        public void remove(String name) {}
    };

    @Override
    public Exchange<MeshResponse> open(MeshRequest request, Attempt attempt) {
        return new StubExchange(attempt);
    }

    @Override
    public MeshResponse localReply(MeshRequest request, OutboundCall call) {
        throw new IllegalStateException("nothing may fail here: " + call.reply());
    }

    @Override
    public MeshResponse deliver(MeshResponse response, OutboundCall call, ResponseEnd end) {
        call.editResponse(IGNORED);
        end.completed();
        return response;
    }

    private record StubExchange(Attempt attempt) implements Exchange<MeshResponse> {

        @Override
        public MeshResponse execute() {
            attempt.editHeaders(IGNORED);
            if (attempt.opensConnection()) {
                attempt.connectionOpening(); // the first time only: it stays open
            }
            attempt.connected();
            attempt.requestSent();
            return OK;
        }

        @Override
        public MeshResponse head(MeshResponse response) {
            return response;
        }

        @Override
        public void discard(MeshResponse response) {}

        @Override
        public void cancel() {}
    }
}
