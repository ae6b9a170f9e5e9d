package io.inmesh.client.adapter.reactor;

import io.inmesh.api.http.MeshResponse;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/** The head of an attempt's response, and the connection that its body comes on; or what the mesh made of it. */
record NettyAnswer(NettyExchange exchange, HttpClientResponse head, Connection connection) implements MeshResponse {

    private static final long WORTH_READING = 64 * 1024;

    @Override
    public int status() {
        return head.status().code();
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = head.responseHeaders().getAll(name);
        return values.isEmpty() ? null : String.join(",", values);
    }

    @Override
    public List<String> headerValues(String name) {
        return head.responseHeaders().getAll(name);
    }

    Flux<ByteBuf> body() {
        return connection.inbound().receive();
    }

    /** Whoever reads the body finds it broken. */
    void cutOff() {
        var unused = connection.channel().close();
    }

    /** Reads a short rest, so that the connection can be used again, and gives up on a long one. */
    void discard() {
        AtomicLong left = new AtomicLong(WORTH_READING);
        var unused = body().takeUntil(buffer -> left.addAndGet(-buffer.readableBytes()) < 0)
                .subscribe(buffer -> {}, broken -> {});
    }
}
