package io.inmesh.client.authz.jwt;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects of untrusted callers, bounded in size and depth. */
final class Json {

    private static final int MAX_CHARS = 1 << 20;

    /** Envoy's own limit. */
    private static final int MAX_DEPTH = 100;

    private Json() {}

    private static boolean isDeeperThan(int limit, @Nullable Object value) {
        Iterable<?> children =
                value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of();
        if (limit < 0) {
            return true;
        }
        for (Object child : children) {
            if (isDeeperThan(limit - 1, child)) {
                return true;
            }
        }
        return false;
    }

    /** Null if it is no JSON object in UTF-8. */
    static @Nullable Map<String, Object> object(byte[] utf8) {
        try {
            return object(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    static @Nullable Map<String, Object> object(String text) {
        // The parser would take a list of pairs for an object, too.
        if (!text.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            Map<String, Object> object = JSONObjectUtils.parse(text, MAX_CHARS);
            return isDeeperThan(MAX_DEPTH, object) ? null : object;
        } catch (ParseException | IllegalArgumentException notJson) {
            return null;
        }
    }
}
