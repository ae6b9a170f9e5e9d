package io.inmesh.spring.reactive;

import io.inmesh.client.adapter.reactor.ReactorRequest;
import io.inmesh.spring.http.MeshPolicies;
import io.netty.buffer.ByteBufAllocator;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.AbstractClientHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes down what Spring writes, before anything is sent: routes look at headers, and an attempt may be made again. A body that is a
 * single value is written again for another attempt; one that streams is not.
 */
final class MeshReactiveRequest extends AbstractClientHttpRequest {

    private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final HttpMethod method;
    private final URI uri;
    private final List<Map.Entry<String, String>> lines = new ArrayList<>();
    private @Nullable Publisher<? extends DataBuffer> body;

    MeshReactiveRequest(HttpMethod method, URI uri) {
        this.method = method;
        this.uri = uri;
    }

    ReactorRequest outbound(MeshPolicies policies) {
        Publisher<? extends DataBuffer> written = body;
        long length = getHeaders().getContentLength();
        boolean empty = written == null && WITH_BODY.contains(method);
        return new ReactorRequest(
                method.name(),
                uri,
                lines,
                written == null ? null : Flux.from(written).map(NettyDataBufferFactory::toByteBuf),
                empty ? 0 : length,
                written instanceof Mono,
                policies.of(
                        getAttributes().get(MeshPolicies.OF_METHOD),
                        getAttributes().get(MeshPolicies.OF_CLIENT)));
    }

    @Override
    public HttpMethod getMethod() {
        return method;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    public DataBufferFactory bufferFactory() {
        return BUFFERS;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Spring's signature
    public <T> T getNativeRequest() {
        return (T) this;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> written) {
        return doCommit(() -> {
            body = written;
            return Mono.empty();
        });
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> written) {
        return writeWith(Flux.from(written).concatMap(Flux::from));
    }

    @Override
    public Mono<Void> setComplete() {
        return doCommit();
    }

    @Override
    protected void applyHeaders() {
        getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                values.forEach(value -> lines.add(Map.entry(name, value)));
            }
        });
        if (!getHeaders().containsHeader(HttpHeaders.ACCEPT)) {
            lines.add(Map.entry("accept", "*/*"));
        }
    }

    @Override
    protected void applyCookies() {
        List<String> pairs = getCookies().values().stream()
                .flatMap(List::stream)
                .map(HttpCookie::toString)
                .toList();
        if (!pairs.isEmpty()) {
            lines.add(Map.entry("cookie", String.join("; ", pairs)));
        }
    }
}
