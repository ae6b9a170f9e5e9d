package io.inmesh.client.adapter.reactor;

import io.inmesh.api.http.LocalReply;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * An answer, whose body has to be subscribed to once: read, or cancelled.
 *
 * @param headers several lines of one name each by itself
 * @param body buffers that belong to the subscriber only while they are handed over
 * @param localReply what the mesh answered in the upstream's place; null if the upstream answered
 */
public record ReactorResponse(
        int status,
        List<Map.Entry<String, String>> headers,
        Flux<ByteBuf> body,
        @Nullable LocalReply localReply) {

    public ReactorResponse {
        headers = List.copyOf(headers);
    }
}
