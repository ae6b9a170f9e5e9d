package io.inmesh.client.security;

import java.nio.charset.StandardCharsets;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/**
 * A server name as Istio writes it, {@code outbound_.9080_.v1_.reviews.default.svc.cluster.local}. Underscores are no part of a host
 * name, so {@link javax.net.ssl.SNIHostName} refuses it; JSSE sends it all the same when it comes as the bare type (docs/adr/0006).
 */
final class IstioServerName extends SNIServerName {

    IstioServerName(String name) {
        super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
}
