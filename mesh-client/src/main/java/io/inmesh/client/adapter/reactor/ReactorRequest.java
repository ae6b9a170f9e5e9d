package io.inmesh.client.adapter.reactor;

import io.inmesh.api.policy.CallPolicy;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A request to be sent through the mesh. Immutable if its body is.
 *
 * @param uri absolute
 * @param headers as they go on the wire, several lines of one name each by itself
 * @param body subscribed to once for each attempt; null for none
 * @param contentLength of the body in bytes; -1 if it is not known
 * @param repeatable whether the body can be subscribed to again
 * @param policy what the application asks of this call; null for nothing
 */
public record ReactorRequest(
        String method,
        URI uri,
        List<Map.Entry<String, String>> headers,
        @Nullable Publisher<? extends ByteBuf> body,
        long contentLength,
        boolean repeatable,
        @Nullable CallPolicy policy) {

    public ReactorRequest {
        headers = List.copyOf(headers);
    }
}
