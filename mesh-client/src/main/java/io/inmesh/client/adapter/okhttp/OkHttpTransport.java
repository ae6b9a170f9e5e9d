package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.http.LocalReply;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.pipeline.EndpointTls;
import io.inmesh.client.pipeline.Exchange;
import io.inmesh.client.pipeline.OutboundCall;
import io.inmesh.client.pipeline.ResponseEnd;
import io.inmesh.client.pipeline.Transport;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Carries attempts with OkHttp. Thread-safe. */
final class OkHttpTransport implements Transport<OutboundRequest, Response> {

    private static final MediaType TEXT = MediaType.get("text/plain");

    private final AttemptClients clients;
    private final EndpointTls tls;
    private final MeshClock clock;

    OkHttpTransport(AttemptClients clients, EndpointTls tls, MeshClock clock) {
        this.clients = clients;
        this.tls = tls;
        this.clock = clock;
    }

    @Override
    public Exchange<Response> open(OutboundRequest request, Attempt attempt) {
        return new OkHttpExchange(request, attempt, clients, tls, clock);
    }

    @Override
    public @Nullable OutboundRequest copy(OutboundRequest request) {
        return request.copy();
    }

    @Override
    public Response localReply(OutboundRequest outbound, OutboundCall call) {
        LocalReply reply = call.reply();
        outbound.limits().stop();
        outbound.ended(new MeshOutcome(reply, call, outbound.failure()));
        Response.Builder answer = new Response.Builder()
                .request(outbound.marked().build())
                .protocol(Protocol.HTTP_1_1)
                .code(reply.status())
                .message(reply.details());
        EditedHeaders headers = new EditedHeaders(answer.getHeaders$okhttp());
        reply.headers().forEach(line -> headers.add(line.getKey(), line.getValue()));
        Response written = answer.body(ResponseBody.create(reply.body(), TEXT)).build();
        return outbound.fromNetwork(written, written.newBuilder());
    }

    @Override
    public Response deliver(Response response, OutboundCall call, ResponseEnd end) {
        OkHttpExchange exchange = ((AttemptEvents) call.progress()).exchange();
        OutboundRequest outbound = exchange.outbound();
        outbound.ended(new MeshOutcome(null, call, null));
        Response.Builder delivered = response.newBuilder();
        call.editResponse(new EditedHeaders(delivered.getHeaders$okhttp()));
        if (response.socket() != null) {
            // A connection that was upgraded belongs to the application from here on.
            exchange.over();
            end.completed();
        } else {
            delivered.body(DeliveredBody.of(response, end, outbound.limits(), exchange));
        }
        return outbound.fromNetwork(response, delivered);
    }
}
