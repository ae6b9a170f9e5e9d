package io.inmesh.client.adapter.reactor;

import io.inmesh.api.http.LocalReply;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.AsyncExchange;
import io.inmesh.client.pipeline.AsyncTransport;
import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.pipeline.EndpointTls;
import io.inmesh.client.pipeline.OutboundCall;
import io.inmesh.client.pipeline.ResponseEnd;
import io.inmesh.client.pipeline.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

/** Carries attempts with Reactor Netty. Thread-safe. */
final class NettyTransport implements AsyncTransport<ReactorCall, NettyAnswer, ReactorResponse> {

    // They have passed Netty's checks when they came.
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final HttpClient PLAIN = HttpClient.create().disableRetry(true);

    private final NettyClients clients;
    private final EndpointTls tls;
    private final MeshClock clock;

    NettyTransport(NettyClients clients, EndpointTls tls, MeshClock clock) {
        this.clients = clients;
        this.tls = tls;
        this.clock = clock;
    }

    /** One whose connections lead to the attempt's endpoint. */
    HttpClient client(Attempt attempt) throws TransportException {
        return attempt.keepsAddress()
                ? PLAIN
                : clients.of(NettyClientKey.of(attempt, tls.of(attempt.transportSocket())));
    }

    @Override
    public AsyncExchange<NettyAnswer> open(ReactorCall request, Attempt attempt) {
        return new NettyExchange(request, attempt, this, clock);
    }

    @Override
    public @Nullable ReactorCall copy(ReactorCall call) {
        return call.request().body() == null ? new ReactorCall(call.request()) : null;
    }

    @Override
    public ReactorResponse localReply(ReactorCall request, OutboundCall call) {
        LocalReply reply = call.reply();
        byte[] text = reply.body().getBytes(StandardCharsets.UTF_8);
        Flux<ByteBuf> body =
                text.length == 0 ? Flux.empty() : Flux.defer(() -> Flux.just(Unpooled.wrappedBuffer(text)));
        return new ReactorResponse(reply.status(), reply.headers(), body, reply);
    }

    @Override
    public ReactorResponse deliver(NettyAnswer answer, OutboundCall call, ResponseEnd end) {
        HttpHeaders headers = UNCHECKED.newHeaders().add(answer.head().responseHeaders());
        call.editResponse(new EditedHeaders(headers));
        NettyExchange exchange = answer.exchange();
        exchange.delivered(answer::cutOff);
        AtomicBoolean ended = new AtomicBoolean();
        Flux<ByteBuf> body = answer.body()
                .doOnNext(buffer -> {
                    exchange.read(buffer.readableBytes());
                    end.moved();
                })
                .doOnComplete(() -> once(ended, end::completed))
                .doOnError(broken -> once(ended, () -> end.failed(exchange.brokenOff())))
                .doOnCancel(() -> once(ended, end::closedEarly));
        return new ReactorResponse(answer.status(), headers.entries(), body, null);
    }

    private static void once(AtomicBoolean ended, Runnable end) {
        if (ended.compareAndSet(false, true)) {
            end.run();
        }
    }
}
