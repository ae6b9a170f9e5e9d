package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.resilience.ConnectionLease;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.route.HeaderEditor;
import io.inmesh.testkit.TextRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transport without a network: what an upstream does is a function of the attempt, and time is virtual. For one thread. */
final class BareTransport implements Transport<TextRequest, BareTransport.Response> {

    private final VirtualTime time;
    private final Function<Sent, Answer> upstream;
    final List<Sent> sent = new ArrayList<>();
    int discarded;

    BareTransport(VirtualTime time, Function<Sent, Answer> upstream) {
        this.time = time;
        this.upstream = upstream;
    }

    @Override
    public Exchange<Response> open(TextRequest request, Attempt attempt) {
        TreeMap<String, String> headers = new TreeMap<>();
        attempt.editHeaders(new MapEditor(headers));
        Sent one = new Sent(
                attempt.number(),
                attempt.cluster().name(),
                attempt.endpoint().host().address(),
                attempt.path(),
                attempt.authority(),
                headers);
        sent.add(one);
        return new BareExchange(attempt, one);
    }

    @Override
    public @Nullable TextRequest copy(TextRequest request) {
        return request.replayable() ? request : null;
    }

    @Override
    public Response localReply(TextRequest request, OutboundCall call) {
        TreeMap<String, String> headers = new TreeMap<>();
        for (Map.Entry<String, String> header : call.reply().headers()) {
            headers.merge(header.getKey(), header.getValue(), (one, other) -> one + "," + other);
        }
        return new Response(
                call.reply().status(),
                headers,
                call.reply().body(),
                call.flags(),
                call.attempts(),
                call.reply().details(),
                null);
    }

    @Override
    public Response deliver(Response response, OutboundCall call, ResponseEnd end) {
        TreeMap<String, String> headers = new TreeMap<>(response.headers);
        call.editResponse(new MapEditor(headers));
        return new Response(
                response.status, headers, response.body, call.flags(), call.attempts(), "via_upstream", end);
    }

    /** What went out. */
    record Sent(
            int attempt, String cluster, String address, String path, String authority, Map<String, String> headers) {}

    /** What the caller got; an upstream's answer is under way until its end is told. */
    record Response(
            int status,
            Map<String, String> headers,
            String body,
            Set<ResponseFlag> flags,
            int attempts,
            String details,
            @Nullable ResponseEnd end) {

        void read() {
            if (end != null) {
                end.completed();
            }
        }
    }

    /** What an upstream does, after a while. */
    record Answer(
            Duration after,
            int status,
            Map<String, String> headers,
            @Nullable ResetReason reset,
            String detail) {

        static Answer status(int status, String... headers) {
            TreeMap<String, String> map = new TreeMap<>();
            for (int i = 0; i < headers.length; i += 2) {
                map.put(headers[i], headers[i + 1]);
            }
            return new Answer(Duration.ZERO, status, map, null, "");
        }

        static Answer reset(ResetReason reason) {
            return new Answer(Duration.ZERO, 0, Map.of(), reason, "");
        }

        static Answer refused() {
            return new Answer(
                    Duration.ZERO,
                    0,
                    Map.of(),
                    ResetReason.REMOTE_CONNECTION_FAILURE,
                    "delayed connect error: Connection refused");
        }

        Answer after(Duration delay) {
            return new Answer(delay, status, headers, reset, detail);
        }
    }

    private final class BareExchange implements Exchange<Response> {

        private final Attempt attempt;
        private final Sent one;
        private boolean cancelled;

        BareExchange(Attempt attempt, Sent one) {
            this.attempt = attempt;
            this.one = one;
        }

        @Override
        public Response execute() throws TransportException {
            Answer answer = upstream.apply(one);
            ConnectionLease lease = attempt.connectionOpening();
            ResetReason reset = answer.reset();
            if (reset != null && reset.connectFailure()) {
                lease.close();
                throw new TransportException(reset, answer.detail(), false, null);
            }
            if (!attempt.connected()) {
                lease.close();
                throw new TransportException(ResetReason.OVERFLOW, "", false, null);
            }
            attempt.requestSent();
            time.passUntil(time.nanoTime() + answer.after().toNanos(), () -> cancelled);
            lease.close();
            if (cancelled || reset != null) {
                ResetReason reason = reset == null ? ResetReason.LOCAL_RESET : reset;
                throw new TransportException(reason, answer.detail(), true, null);
            }
            return new Response(answer.status(), answer.headers(), "", Set.of(), 0, "", null);
        }

        @Override
        public MeshResponse head(Response response) {
            return new MeshResponse() {
                @Override
                public int status() {
                    return response.status();
                }

                @Override
                public @Nullable String header(String name) {
                    return response.headers().get(name);
                }

                @Override
                public List<String> headerValues(String name) {
                    String value = header(name);
                    return value == null ? List.of() : List.of(value);
                }
            };
        }

        @Override
        public void discard(Response response) {
            discarded++;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private record MapEditor(Map<String, String> headers) implements HeaderEditor {
        @Override
        public boolean has(String name) {
            return headers.containsKey(name);
        }

        @Override
        public void add(String name, String value) {
            headers.merge(name, value, (one, other) -> one + "," + other);
        }

        @Override
        public void set(String name, String value) {
            headers.put(name, value);
        }

        @Override
        public void remove(String name) {
            headers.remove(name);
        }
    }
}
