package io.inmesh.conformance.side;

import io.inmesh.api.http.LocalReply;
import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.pipeline.Exchange;
import io.inmesh.client.pipeline.OutboundCall;
import io.inmesh.client.pipeline.ResponseEnd;
import io.inmesh.client.pipeline.Transport;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Carries attempts over bare sockets, with idle connections kept per cluster and endpoint. Thread-safe. */
final class SocketTransport implements Transport<Request, Carried>, AutoCloseable {

    private final Map<String, Deque<Lease>> idle = new ConcurrentHashMap<>();

    @Override
    public Exchange<Carried> open(Request request, Attempt attempt) {
        String key = attempt.cluster().name() + " " + attempt.endpoint().host().address();
        return new SocketExchange(request, attempt, idle.computeIfAbsent(key, fresh -> new ConcurrentLinkedDeque<>()));
    }

    @Override
    public Request copy(Request request) {
        return request;
    }

    @Override
    public Carried localReply(Request request, OutboundCall call) {
        LocalReply reply = call.reply();
        return Carried.complete(new Response(
                reply.status(),
                reply.headers().stream()
                        .map(header -> new Header(header.getKey(), header.getValue()))
                        .toList(),
                reply.body()));
    }

    @Override
    public Carried deliver(Carried response, OutboundCall call, ResponseEnd end) {
        return response.delivered(call, end);
    }

    @Override
    public void close() {
        idle.values().forEach(leases -> leases.forEach(Lease::close));
    }
}
