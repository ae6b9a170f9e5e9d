package io.inmesh.client.authz.jwt;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The signature algorithms of a key.
 *
 * @param names JWA's names
 */
record KeyAlgorithms(Set<String> names) {

    private static final Map<Curve, String> BY_CURVE =
            Map.of(Curve.P_256, "ES256", Curve.P_384, "ES384", Curve.P_521, "ES512");
    private static final Set<String> RSA = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    private static final Set<String> SECRET = Set.of("HS256", "HS384", "HS512");

    KeyAlgorithms {
        names = Set.copyOf(names);
    }

    /** Empty if the key's type and its {@code alg} contradict each other. */
    static Optional<KeyAlgorithms> of(JWK key) {
        Set<String> ofType = ofType(key);
        Algorithm declared = key.getAlgorithm();
        // ES521 is a common slip for ES512; the curve says what is meant.
        if (declared == null || (key instanceof ECKey && declared.getName().equals("ES521"))) {
            return Optional.of(ofType).filter(names -> !names.isEmpty()).map(KeyAlgorithms::new);
        }
        return Optional.of(notWeaker(ofType, declared.getName()))
                .filter(names -> !names.isEmpty())
                .map(KeyAlgorithms::new);
    }

    boolean admit(String algorithm) {
        return names.contains(algorithm);
    }

    private static Set<String> ofType(JWK key) {
        if (key instanceof RSAKey) {
            return RSA;
        } else if (key instanceof ECKey ec) {
            String only = BY_CURVE.get(ec.getCurve());
            return only == null ? Set.of() : Set.of(only);
        } else if (key instanceof OctetSequenceKey) {
            return SECRET;
        }
        return Set.of("EdDSA");
    }

    /** The declared algorithm, and those of the same scheme with a longer digest. */
    private static Set<String> notWeaker(Set<String> ofType, String declared) {
        if (!ofType.contains(declared)) {
            return Set.of();
        }
        Set<String> admitted = new HashSet<>();
        for (String name : ofType) {
            if (name.startsWith(declared.substring(0, 2)) && name.compareTo(declared) >= 0) {
                admitted.add(name);
            }
        }
        return admitted;
    }
}
