package io.inmesh.client.adapter.reactor;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.AsyncExchange;
import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.pipeline.TransportException;
import io.inmesh.client.resilience.ConnectionLease;
import io.inmesh.client.resilience.ResetReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;

/** One attempt as a subscription of its own. Thread-safe: anybody may cancel. */
final class NettyExchange implements AsyncExchange<NettyAnswer> {

    private static final AttributeKey<ConnectionLease> LEASE = AttributeKey.valueOf(NettyExchange.class, "lease");
    private static final String REQUEST_ID = "x-request-id";

    private final ReactorCall outbound;
    private final Attempt attempt;
    private final NettyTransport transport;
    private final NettyProgress progress;
    private final Disposable.Swap subscription = Disposables.swap();
    private volatile boolean started;
    private volatile boolean overflowed;
    private volatile @Nullable Runnable onCancel;

    NettyExchange(ReactorCall outbound, Attempt attempt, NettyTransport transport, MeshClock clock) {
        this.outbound = outbound;
        this.attempt = attempt;
        this.transport = transport;
        this.progress = new NettyProgress(clock, attempt.multiplexed());
    }

    @Override
    public void send(Outcome<NettyAnswer> outcome) {
        attempt.follow(progress);
        HttpClient client;
        try {
            client = transport.client(attempt);
        } catch (TransportException e) {
            outcome.failed(e);
            return;
        }
        ReactorRequest request = outbound.request();
        String target = attempt.keepsAddress() ? request.uri().toString() : attempt.path();
        subscription.update(client.headers(this::edit)
                .doOnRequest((sent, connection) -> reached(connection))
                .doAfterRequest((sent, connection) -> attempt.requestSent())
                .request(HttpMethod.valueOf(request.method()))
                .uri(target)
                .send((sent, out) -> body(request, out))
                .responseConnection((head, connection) -> Mono.just(new NettyAnswer(this, head, connection)))
                .next()
                .doOnNext(answer -> progress.answered())
                .subscribe(outcome::answered, broken -> outcome.failed(failure(broken))));
    }

    private void edit(HttpHeaders headers) {
        ReactorRequest request = outbound.request();
        request.headers().forEach(line -> headers.add(line.getKey(), line.getValue()));
        EditedHeaders edited = new EditedHeaders(headers);
        attempt.editHeaders(edited);
        if (!attempt.raw() && !edited.has(REQUEST_ID)) {
            edited.set(REQUEST_ID, attempt.requestId());
        }
        edited.set("host", attempt.authority());
        if (request.contentLength() >= 0) {
            edited.set("content-length", Long.toString(request.contentLength()));
        }
    }

    /** The connection is there, and nothing has been written yet. */
    private void reached(Connection connection) {
        Channel used = connection.channel();
        Channel carrier = used.parent() == null ? used : used.parent();
        boolean opened = !attempt.keepsAddress() && carrier.attr(LEASE).get() == null;
        if (opened) {
            ConnectionLease lease = attempt.connectionOpening();
            carrier.attr(LEASE).set(lease);
            carrier.closeFuture().addListener(closed -> lease.close());
        }
        progress.connected(carrier, opened);
        overflowed = !attempt.connected();
        started = !overflowed;
    }

    private Publisher<Void> body(ReactorRequest request, NettyOutbound out) {
        if (overflowed) {
            return Mono.error(new IllegalStateException("the cluster has as many requests as it may"));
        }
        Publisher<? extends ByteBuf> body = request.body();
        return body == null ? out : out.send(Flux.<ByteBuf>from(body).doOnError(outbound::applicationFailed));
    }

    private TransportException failure(Throwable broken) {
        if (overflowed) {
            return new TransportException(ResetReason.OVERFLOW, "", false, broken);
        }
        if (outbound.applicationFailure() != null) {
            return new TransportException(ResetReason.LOCAL_RESET, "", started, broken);
        }
        outbound.attemptFailed(broken);
        return started ? Resets.ofRequest(broken, progress, attempt.multiplexed()) : Resets.ofConnecting(broken);
    }

    /** Of a response that breaks off while it is read. */
    ResetReason brokenOff() {
        return Resets.ofStream(progress, attempt.multiplexed());
    }

    /** The response has been handed on: cancelling means its body now. */
    void delivered(Runnable cancelBody) {
        onCancel = cancelBody;
    }

    void read(int bytes) {
        progress.read(bytes);
    }

    ReactorCall outbound() {
        return outbound;
    }

    @Override
    public boolean requestStarted() {
        return started;
    }

    @Override
    public MeshResponse head(NettyAnswer response) {
        return response;
    }

    @Override
    public void discard(NettyAnswer response) {
        response.discard();
    }

    @Override
    public void cancel() {
        subscription.dispose();
        Runnable delivered = onCancel;
        if (delivered != null) {
            delivered.run();
        }
    }
}
