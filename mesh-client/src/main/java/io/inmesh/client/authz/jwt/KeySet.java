package io.inmesh.client.authz.jwt;

import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWKS document, and which tokens they have already verified. A key that is unusable is left out, as in Envoy; none may
 * be left. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517</a>
 */
public final class KeySet {

    /** No keys: no token is valid. */
    public static final KeySet NONE = new KeySet(List.of());

    private static final int MOST_KEYS = 1000;
    private static final int MOST_TOKENS = 1000;

    private final List<VerificationKey> keys;
    private final Map<String, Token> verified = new ConcurrentHashMap<>();

    private KeySet(List<VerificationKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Reads a document; empty if it is none, or has keys of which none is usable. */
    public static Optional<KeySet> parse(String json) {
        Map<String, Object> document = Json.object(json);
        if (document == null || !(document.get("keys") instanceof List<?> list) || list.size() > MOST_KEYS) {
            return Optional.empty();
        }
        if (list.isEmpty()) {
            // Whoever sends it has no keys yet.
            return Optional.of(NONE);
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Object each : list) {
            if (each instanceof Map<?, ?> fields) {
                key(fields).flatMap(VerificationKey::of).ifPresent(keys::add);
            }
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(new KeySet(keys));
    }

    private static Optional<JWK> key(Map<?, ?> fields) {
        Map<String, Object> named = new HashMap<>();
        fields.forEach((name, value) -> named.put(String.valueOf(name), value));
        try {
            return Optional.of(JWK.parse(named));
        } catch (ParseException | IllegalArgumentException | IllegalStateException unusable) {
            return Optional.empty();
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** A token that these keys verified before. */
    @Nullable
    Token known(String compact) {
        return verified.get(compact);
    }

    /** Tries every key that fits by name and algorithm. */
    TokenStatus verify(Token token) {
        TokenStatus status = verify(token.jws());
        if (status == TokenStatus.OK) {
            remember(token);
        }
        return status;
    }

    TokenStatus verify(CompactJws jws) {
        boolean fits = false;
        for (VerificationKey key : keys) {
            if (key.fits(jws)) {
                fits = true;
                if (key.verifies(jws)) {
                    return TokenStatus.OK;
                }
            }
        }
        return fits ? TokenStatus.NOT_VERIFIED : TokenStatus.NO_SUCH_KEY;
    }

    private void remember(Token token) {
        if (verified.size() >= MOST_TOKENS) {
            verified.clear();
        }
        verified.put(token.jws().compact(), token);
    }
}
