package io.inmesh.xds.model.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What both directions of TLS have in common.
 *
 * @param alpnProtocols offered or accepted, best first; may be empty
 * @param certificates our own; empty if none is presented
 * @param validation of the peer's certificate; null: any certificate is good
 * @param minimumVersion null for Envoy's default: TLS 1.2
 * @param maximumVersion null for Envoy's default: TLS 1.2 upstream, TLS 1.3 downstream
 * @param cipherSuites of TLS 1.2 in OpenSSL's names; empty for the default
 * @param unsupported security settings that Inmesh does not know. If not empty, no handshake may succeed
 */
public record CommonTls(
        List<String> alpnProtocols,
        List<CertificateSource> certificates,
        @Nullable PeerValidation validation,
        @Nullable TlsVersion minimumVersion,
        @Nullable TlsVersion maximumVersion,
        List<String> cipherSuites,
        List<String> unsupported) {

    public CommonTls {
        alpnProtocols = List.copyOf(alpnProtocols);
        certificates = List.copyOf(certificates);
        cipherSuites = List.copyOf(cipherSuites);
        unsupported = List.copyOf(unsupported);
    }

    /** Envoy's TlsProtocol. */
    public enum TlsVersion {
        TLS_1_0,
        TLS_1_1,
        TLS_1_2,
        TLS_1_3
    }
}
