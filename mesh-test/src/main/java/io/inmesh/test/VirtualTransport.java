package io.inmesh.test;

import io.inmesh.api.http.LocalReply;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.pipeline.Exchange;
import io.inmesh.client.pipeline.OutboundCall;
import io.inmesh.client.pipeline.ResponseEnd;
import io.inmesh.client.pipeline.Transport;
import io.inmesh.client.pipeline.TransportException;
import io.inmesh.client.resilience.ConnectionLease;
import io.inmesh.client.resilience.ResetReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Upstreams that answer with given statuses, attempt by attempt, at once. For one thread. */
final class VirtualTransport implements Transport<MeshCall, MeshResult> {

    private final VirtualTime time;
    private final List<String> endpoints = new ArrayList<>();
    private final List<String> subsets = new ArrayList<>();
    private int[] statuses = {};

    VirtualTransport(VirtualTime time) {
        this.time = time;
    }

    void begin(int[] answers) {
        statuses = answers.clone();
        endpoints.clear();
        subsets.clear();
    }

    MeshResult ended(MeshResult result, Duration took) {
        return new MeshResult(result.status(), result.body(), result.flags(), endpoints, subsets, took);
    }

    private int next() {
        int attempt = endpoints.size() - 1;
        return statuses.length == 0 ? 200 : statuses[Math.min(attempt, statuses.length - 1)];
    }

    @Override
    public Exchange<MeshResult> open(MeshCall request, Attempt attempt) {
        endpoints.add(attempt.endpoint().host().address());
        subsets.add(RouteAssert.subset(attempt.cluster().name()));
        return new Answering(attempt, next());
    }

    @Override
    public MeshResult localReply(MeshCall request, OutboundCall call) {
        LocalReply reply = call.reply();
        return new MeshResult(reply.status(), reply.body(), call.flags(), List.of(), List.of(), Duration.ZERO);
    }

    @Override
    public MeshResult deliver(MeshResult response, OutboundCall call, ResponseEnd end) {
        MeshResult delivered = new MeshResult(response.status(), "", call.flags(), List.of(), List.of(), Duration.ZERO);
        end.completed();
        return delivered;
    }

    private final class Answering implements Exchange<MeshResult> {

        private final Attempt attempt;
        private final int status;
        private boolean cancelled;

        Answering(Attempt attempt, int status) {
            this.attempt = attempt;
            this.status = status;
        }

        @Override
        public MeshResult execute() throws TransportException {
            ConnectionLease lease = attempt.connectionOpening();
            try {
                if (!attempt.connected()) {
                    throw new TransportException(ResetReason.OVERFLOW, "", false, null);
                }
                attempt.requestSent();
                time.passUntil(time.nanoTime(), () -> cancelled);
                if (cancelled || status == 0) {
                    throw new TransportException(
                            cancelled ? ResetReason.LOCAL_RESET : ResetReason.CONNECTION_TERMINATION, "", true, null);
                }
                return new MeshResult(status, "", Set.of(), List.of(), List.of(), Duration.ZERO);
            } finally {
                lease.close();
            }
        }

        @Override
        public MeshResponse head(MeshResult response) {
            return new MeshResponse() {
                @Override
                public int status() {
                    return response.status();
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
        }

        @Override
        public void discard(MeshResult response) {}

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
