package io.inmesh.xds.model.listener;

import java.util.Objects;

/**
 * What is believed and told about the caller.
 *
 * @param useRemoteAddress the connection's peer is the caller; else {@code x-forwarded-for} tells
 * @param xffNumTrustedHops trusted entries at the end of {@code x-forwarded-for}
 * @param skipXffAppend the peer is not appended there
 * @param forwardClientCert what becomes of {@code x-forwarded-client-cert}
 * @param setCurrentClientCert what of the peer's certificate is told in it
 */
public record ForwardedClient(
        boolean useRemoteAddress,
        long xffNumTrustedHops,
        boolean skipXffAppend,
        ForwardClientCert forwardClientCert,
        SetCurrentClientCert setCurrentClientCert) {

    public ForwardedClient {
        Objects.requireNonNull(forwardClientCert, "forwardClientCert");
        Objects.requireNonNull(setCurrentClientCert, "setCurrentClientCert");
    }

    /** Envoy's ForwardClientCertDetails. */
    public enum ForwardClientCert {
        SANITIZE,
        FORWARD_ONLY,
        APPEND_FORWARD,
        SANITIZE_SET,
        ALWAYS_FORWARD_ONLY
    }

    /** Parts of the peer's certificate that the header gets beside {@code By} and {@code Hash}. */
    public record SetCurrentClientCert(boolean subject, boolean cert, boolean chain, boolean dns, boolean uri) {}
}
