package io.inmesh.client.authz;

import java.net.InetAddress;

/**
 * The address that Envoy's {@code remote_ip} means on Istio's inbound listeners ({@code use_remote_address} false, no trusted hops):
 * the last entry of {@code x-forwarded-for}, or the peer's own address where that is absent or no address. A header says it, so
 * policies that need certainty use the direct address.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-for">Envoy,
 *     x-forwarded-for</a>
 */
final class ForwardedFor {

    private ForwardedFor() {}

    static InetAddress remoteAddress(InboundRequest request) {
        InetAddress direct = request.connection().remote().getAddress();
        String forwarded = request.head().header("x-forwarded-for");
        if (forwarded == null) {
            return direct;
        }
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return IpLiteral.parse(last).orElse(direct);
    }
}
