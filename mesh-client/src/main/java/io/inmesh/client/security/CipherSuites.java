package io.inmesh.client.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenSSL's names of TLS 1.2's cipher suites, as Envoy and Istio write them, in JSSE's words. */
final class CipherSuites {

    private static final List<String> TLS_1_3 =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

    private static final Map<String, String> JSSE = Map.of(
            "ECDHE-ECDSA-AES256-GCM-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "ECDHE-ECDSA-AES128-GCM-SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "ECDHE-RSA-AES256-GCM-SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private CipherSuites() {}

    /**
     * The suites of the list that have forward secrecy, after those of TLS 1.3, which Envoy does not list either. Others are left out,
     * which can only make a handshake fail, never weaken it.
     *
     * @param names empty for the JDK's own choice
     */
    static List<String> ofOpenSsl(List<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        List<String> suites = new ArrayList<>(TLS_1_3);
        for (String name : names) {
            String suite = JSSE.get(name);
            if (suite != null) {
                suites.add(suite);
            }
        }
        return suites;
    }
}
