package io.inmesh.spring.reactive;

import io.inmesh.client.adapter.reactor.ReactorResponse;
import io.netty.buffer.ByteBufAllocator;
import java.net.HttpCookie;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.AbstractClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/** The upstream's response, or the mesh's local reply, as Spring reads it. The body streams. */
final class MeshReactiveResponse extends AbstractClientHttpResponse {

    private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

    private MeshReactiveResponse(ReactorResponse response, HttpHeaders headers, Flux<DataBuffer> body) {
        super(HttpStatusCode.valueOf(response.status()), headers, cookies(headers), body);
    }

    static MeshReactiveResponse of(ReactorResponse response) {
        HttpHeaders headers = new HttpHeaders();
        response.headers().forEach(line -> headers.add(line.getKey(), line.getValue()));
        return new MeshReactiveResponse(
                response, headers, response.body().map(buffer -> BUFFERS.wrap(buffer.retain())));
    }

    private static MultiValueMap<String, ResponseCookie> cookies(HttpHeaders headers) {
        MultiValueMap<String, ResponseCookie> cookies = new LinkedMultiValueMap<>();
        for (String line : headers.getOrEmpty(HttpHeaders.SET_COOKIE)) {
            for (HttpCookie cookie : parsed(line)) {
                ResponseCookie read = ResponseCookie.fromClientResponse(cookie.getName(), cookie.getValue())
                        .domain(cookie.getDomain())
                        .path(cookie.getPath())
                        .maxAge(cookie.getMaxAge())
                        .secure(cookie.getSecure())
                        .httpOnly(cookie.isHttpOnly())
                        .sameSite(sameSite(line))
                        .build();
                cookies.add(cookie.getName(), read);
            }
        }
        return cookies;
    }

    private static Iterable<HttpCookie> parsed(String line) {
        try {
            return HttpCookie.parse(line);
        } catch (IllegalArgumentException e) {
            return List.of(); // what is no cookie stays a header
        }
    }

    private static @Nullable String sameSite(String line) {
        for (String attribute : line.split(";", -1)) {
            String plain = attribute.strip();
            if (plain.toLowerCase(Locale.ROOT).startsWith("samesite=")) {
                return plain.substring("samesite=".length());
            }
        }
        return null;
    }
}
