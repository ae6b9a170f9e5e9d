package io.inmesh.control.serve;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a caller shows to prove who it is. The chain has passed the port's trust manager; the token has passed nothing.
 *
 * @param chain the client certificate, leaf first; empty if the caller showed none or the port has no TLS
 * @param bearerToken the text behind {@code authorization: Bearer}
 */
public record CallerCredentials(List<X509Certificate> chain, Optional<String> bearerToken) {

    public CallerCredentials {
        chain = List.copyOf(chain);
    }
}
