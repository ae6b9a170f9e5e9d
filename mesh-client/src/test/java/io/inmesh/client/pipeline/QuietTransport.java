package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.route.HeaderEditor;
import io.inmesh.testkit.TextRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers 200 at once on connections that stay open, and allocates nothing of its own after the first calls. For one thread. */
final class QuietTransport implements Transport<TextRequest, MeshResponse>, Exchange<MeshResponse> {

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

    private static final HeaderEditor UNSEEN = new HeaderEditor() {
        @Override
        public boolean has(String name) {
            return false;
        }

        @Override
        public void add(String name, String value) {}

        @Override
        public void set(String name, String value) {}

        @Override
        public void remove(String name) {}
    };

    private @Nullable Attempt attempt;

    @Override
    public Exchange<MeshResponse> open(TextRequest request, Attempt next) {
        attempt = next;
        return this;
    }

    @Override
    public MeshResponse execute() {
        Attempt current = attempt;
        if (current == null) {
            throw new IllegalStateException("opened first");
        }
        current.editHeaders(UNSEEN);
        if (current.opensConnection()) {
            current.connectionOpening();
        }
        current.connected();
        current.requestSent();
        return OK;
    }

    @Override
    public MeshResponse localReply(TextRequest request, OutboundCall call) {
        throw new AssertionError("nothing fails here: " + call.reply());
    }

    @Override
    public MeshResponse deliver(MeshResponse response, OutboundCall call, ResponseEnd end) {
        call.editResponse(UNSEEN);
        end.completed();
        return response;
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
