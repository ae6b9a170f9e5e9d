package io.inmesh.api.http;

import io.inmesh.api.error.ResponseFlag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The response that Envoy would give without an upstream's answer.
 *
 * @param status the HTTP status
 * @param headers names in lower case, in order
 * @param body text, empty where Envoy sends none
 * @param flag Envoy's response flag; null where Envoy sets none, such as for a direct response
 * @param details Envoy's {@code %RESPONSE_CODE_DETAILS%}, such as {@code no_healthy_upstream}
 */
public record LocalReply(
        int status,
        List<Map.Entry<String, String>> headers,
        String body,
        @Nullable ResponseFlag flag,
        String details) {

    public LocalReply {
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(details, "details");
    }
}
