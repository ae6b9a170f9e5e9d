package io.inmesh.control.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@code v1/Secret} with a certificate, in the keys that Istio's gateways read: {@code tls.crt} and {@code tls.key} or {@code cert} and
 * {@code key}, and {@code ca.crt} or {@code cacert}. What it holds is never printed.
 *
 * @param certificate PEM; empty if there is none
 * @param privateKey PEM; empty if there is none
 * @param authorities PEM; empty if there are none
 */
public record TlsSecret(Meta meta, String certificate, String privateKey, String authorities) implements Resource {

    static TlsSecret read(Meta meta, Fields root) {
        Map<String, String> values = new LinkedHashMap<>();
        root.textMap("data").forEach((key, value) -> values.put(key, decoded(root, key, value)));
        values.putAll(root.textMap("stringData"));
        root.restIrrelevant();
        return new TlsSecret(
                meta,
                values.getOrDefault("tls.crt", values.getOrDefault("cert", "")),
                values.getOrDefault("tls.key", values.getOrDefault("key", "")),
                values.getOrDefault("ca.crt", values.getOrDefault("cacert", "")));
    }

    private static String decoded(Fields root, String key, String value) {
        try {
            return new String(Base64.getMimeDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw root.invalid("data", "'" + key + "' is no base64");
        }
    }

    @Override
    public String toString() {
        return meta.id();
    }
}
