package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.pipeline.BareTransport.Sent;
import io.inmesh.client.resilience.ConnectionLease;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.resilience.Timer;
import io.inmesh.testkit.TextRequest;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link BareTransport} as events: answers come by timers of virtual time, and nobody waits for them. For one thread. */
final class EventfulTransport implements AsyncTransport<TextRequest, Response, Response> {

    private final VirtualTime time;
    private final BareTransport bare;
    private final Function<Sent, Answer> upstream;
    int cancelled;

    EventfulTransport(VirtualTime time, Function<Sent, Answer> upstream) {
        this.time = time;
        this.upstream = upstream;
        this.bare = new BareTransport(time, upstream);
    }

    List<Sent> sent() {
        return bare.sent;
    }

    int discarded() {
        return bare.discarded;
    }

    @Override
    public AsyncExchange<Response> open(TextRequest request, Attempt attempt) {
        return new Eventful(attempt, bare.open(request, attempt));
    }

    @Override
    public @Nullable TextRequest copy(TextRequest request) {
        return bare.copy(request);
    }

    @Override
    public Response localReply(TextRequest request, OutboundCall call) {
        return bare.localReply(request, call);
    }

    @Override
    public Response deliver(Response response, OutboundCall call, ResponseEnd end) {
        return bare.deliver(response, call, end);
    }

    private final class Eventful extends Timer implements AsyncExchange<Response> {

        private final Attempt attempt;
        private final Exchange<Response> blocking;
        private final Sent one;
        private @Nullable Outcome<Response> outcome;
        private @Nullable Answer answer;
        private @Nullable ConnectionLease lease;
        private boolean started;

        Eventful(Attempt attempt, Exchange<Response> blocking) {
            this.attempt = attempt;
            this.blocking = blocking;
            this.one = bare.sent.get(bare.sent.size() - 1);
        }

        @Override
        public void send(Outcome<Response> told) {
            outcome = told;
            Answer next = upstream.apply(one);
            answer = next;
            ConnectionLease opened = attempt.connectionOpening();
            lease = opened;
            ResetReason reset = next.reset();
            if (reset != null && reset.connectFailure()) {
                opened.close();
                told.failed(new TransportException(reset, next.detail(), false, null));
            } else if (!attempt.connected()) {
                opened.close();
                told.failed(new TransportException(ResetReason.OVERFLOW, "", false, null));
            } else {
                started = true;
                attempt.requestSent();
                time.arm(this, time.nanoTime() + next.after().toNanos());
            }
        }

        @Override
        public void expired() {
            Answer came = Objects.requireNonNull(answer);
            Outcome<Response> told = Objects.requireNonNull(outcome);
            Objects.requireNonNull(lease).close();
            ResetReason reset = came.reset();
            if (reset == null) {
                told.answered(new Response(came.status(), came.headers(), "", Set.of(), 0, "", null));
            } else {
                told.failed(new TransportException(reset, came.detail(), true, null));
            }
        }

        @Override
        public boolean requestStarted() {
            return started;
        }

        @Override
        public MeshResponse head(Response response) {
            return blocking.head(response);
        }

        @Override
        public void discard(Response response) {
            blocking.discard(response);
        }

        @Override
        public void cancel() {
            cancelled++;
            time.disarm(this);
            if (lease != null) {
                lease.close();
            }
        }
    }
}
