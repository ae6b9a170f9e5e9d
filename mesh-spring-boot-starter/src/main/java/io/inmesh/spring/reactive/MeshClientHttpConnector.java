package io.inmesh.spring.reactive;

import io.inmesh.client.adapter.reactor.ReactorRequest;
import io.inmesh.client.adapter.reactor.ReactorResponse;
import io.netty.buffer.ByteBuf;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends requests for hosts of the mesh through the mesh, and all others through the connector that the application would have used without
 * it. Thread-safe if that one is.
 */
public final class MeshClientHttpConnector implements ClientHttpConnector {

    /** Only a connector of ours knows this address, and answers at once; others know no such scheme. */
    static final URI JOINED = URI.create("mesh://joined/");

    private final ClientHttpConnector original;
    private final ReactiveHttp http;
    private final ClientTraits traits;

    MeshClientHttpConnector(ClientHttpConnector original, ReactiveHttp http, ClientTraits traits) {
        this.original = original;
        this.http = http;
        this.traits = traits;
    }

    @Override
    public Mono<ClientHttpResponse> connect(
            HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
        return Mono.defer(() -> {
            if (uri.equals(JOINED)) {
                return Mono.error(new JoinedException());
            }
            if (!uri.isAbsolute() || !http.inMesh().test(uri)) {
                return original.connect(method, uri, requestCallback);
            }
            MeshReactiveRequest request = new MeshReactiveRequest(method, uri);
            return requestCallback
                    .apply(request)
                    .then(Mono.defer(() -> exchange(request.outbound(http.policies()), Redirect.MOST)));
        });
    }

    private Mono<ClientHttpResponse> exchange(ReactorRequest request, int redirects) {
        return limited(http.mesh().exchange(request)).flatMap(response -> {
            ReactorRequest next = traits.followsRedirects() && redirects > 0 ? Redirect.of(request, response) : null;
            if (next == null) {
                return Mono.just(MeshReactiveResponse.of(limited(response)));
            }
            return response.body().then().onErrorComplete().then(Mono.defer(() -> follow(next, redirects - 1)));
        });
    }

    private Mono<ClientHttpResponse> follow(ReactorRequest next, int redirects) {
        if (http.inMesh().test(next.uri())) {
            return exchange(next, redirects);
        }
        return original.connect(HttpMethod.valueOf(next.method()), next.uri(), outside -> {
            next.headers().forEach(line -> outside.getHeaders().add(line.getKey(), line.getValue()));
            return outside.setComplete();
        });
    }

    private Mono<ReactorResponse> limited(Mono<ReactorResponse> answer) {
        Duration limit = traits.readTimeout();
        return limit == null
                ? answer
                : answer.timeout(limit).onErrorMap(TimeoutException.class, late -> ReadTimeoutException.INSTANCE);
    }

    /** The answer to {@link #JOINED}. */
    static final class JoinedException extends IOException {

        private static final long serialVersionUID = 1L;

        JoinedException() {
            super("this client goes through the mesh already");
        }
    }

    private ReactorResponse limited(ReactorResponse response) {
        @Nullable Duration limit = traits.readTimeout();
        if (limit == null) {
            return response;
        }
        Flux<ByteBuf> body = response.body()
                .timeout(limit)
                .onErrorMap(TimeoutException.class, late -> ReadTimeoutException.INSTANCE);
        return new ReactorResponse(response.status(), response.headers(), body, response.localReply());
    }
}
