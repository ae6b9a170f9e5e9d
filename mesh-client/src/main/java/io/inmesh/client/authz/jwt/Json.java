package io.inmesh.client.authz.jwt;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects of untrusted callers, bounded in size and depth. */
final class Json {

    private static final int MAX_CHARS = 1 << 20;

    private Json() {}

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
            return JSONObjectUtils.parse(text, MAX_CHARS);
        } catch (ParseException | IllegalArgumentException notJson) {
            return null;
        }
    }
}
