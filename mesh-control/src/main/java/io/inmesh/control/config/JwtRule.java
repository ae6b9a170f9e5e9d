package io.inmesh.control.config;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One issuer of a RequestAuthentication.
 *
 * @param jwks keys that the policy itself holds
 * @param address where the keys are, if it does not
 * @param fromHeaders where a token may stand
 * @param output what becomes of a valid token
 * @param required whether a request without any token is denied
 * @see <a href="https://istio.io/latest/docs/reference/config/security/jwt/">Istio, JWTRule</a>
 */
public record JwtRule(
        String issuer,
        List<String> audiences,
        Optional<String> jwks,
        Optional<KeyAddress> address,
        List<HeaderLocation> fromHeaders,
        List<String> fromParams,
        List<String> fromCookies,
        Output output,
        boolean required) {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    /** A header, and what stands before the token in it. */
    public record HeaderLocation(String name, String prefix) {
        static HeaderLocation read(Fields fields) {
            return new HeaderLocation(
                    fields.required("name"), fields.text("prefix").orElse(""));
        }
    }

    /** What becomes of a valid token. */
    public record Output(
            boolean forwardOriginalToken,
            Optional<String> payloadToHeader,
            Map<String, String> claimToHeaders,
            List<String> spaceDelimitedClaims) {
        static Output read(Fields rule) {
            Map<String, String> claims = new LinkedHashMap<>();
            rule.list("outputClaimToHeaders", each -> {
                String header = header(each, "header");
                if (claims.put(header, each.required("claim")) != null) {
                    throw each.invalid("header", "'" + header + "' is there twice");
                }
                return header;
            });
            Optional<String> payload = rule.text("outputPayloadToHeader").filter(name -> !name.isEmpty());
            if (payload.isPresent()) {
                header(rule, "outputPayloadToHeader");
            }
            return new Output(
                    rule.flag("forwardOriginalToken").orElse(false),
                    payload,
                    Map.copyOf(claims),
                    rule.texts("spaceDelimitedClaims"));
        }

        private static String header(Fields fields, String name) {
            String header = fields.required(name);
            if (!header.matches("[-_A-Za-z0-9]+")) {
                throw fields.invalid(name, "'" + header + "' is no name of a header");
            }
            return header;
        }
    }

    static JwtRule read(Fields rule) {
        String issuer = rule.required("issuer");
        Optional<String> jwks = rule.text("jwks").filter(text -> !text.isEmpty());
        Optional<String> uri =
                rule.text("jwksUri").or(() -> rule.text("jwks_uri")).filter(text -> !text.isEmpty());
        if (jwks.isPresent() && uri.isPresent()) {
            throw rule.invalid("jwks", "only one of jwks and jwksUri can be set");
        }
        Duration timeout = rule.duration("timeout").orElse(TIMEOUT);
        Optional<KeyAddress> address = jwks.isPresent()
                ? Optional.empty()
                : Optional.of(uri.map(text -> new KeyAddress(uri(rule, "jwksUri", text), false, timeout))
                        .orElseGet(() -> discovery(rule, issuer, timeout)));
        return new JwtRule(
                issuer,
                nonEmpty(rule, "audiences"),
                jwks,
                address,
                rule.list("fromHeaders", HeaderLocation::read),
                nonEmpty(rule, "fromParams"),
                nonEmpty(rule, "fromCookies"),
                Output.read(rule),
                rule.choice("presence", Presence.class).orElse(Presence.OPTIONAL) == Presence.REQUIRED);
    }

    /** As Istio writes it. */
    enum Presence {
        OPTIONAL,
        REQUIRED
    }

    private static KeyAddress discovery(Fields rule, String issuer, Duration timeout) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return new KeyAddress(uri(rule, "issuer", base + DISCOVERY), true, timeout);
    }

    private static URI uri(Fields rule, String field, String text) {
        try {
            URI uri = URI.create(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException noUri) {
            throw rule.invalid(field, "'" + text + "' is no URI");
        }
        throw rule.invalid(
                field,
                field.equals("issuer")
                        ? "without jwks or jwksUri the issuer must be a URL, where its keys are looked for"
                        : "url must have scheme http:// or https://");
    }

    private static List<String> nonEmpty(Fields rule, String name) {
        List<String> texts = rule.texts(name);
        if (texts.contains("")) {
            throw rule.invalid(name, "must not hold empty text");
        }
        return texts;
    }
}
