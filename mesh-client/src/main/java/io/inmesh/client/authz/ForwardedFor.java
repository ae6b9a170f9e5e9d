package io.inmesh.client.authz;

import java.net.InetAddress;

/**
 * The address that Envoy's {@code remote_ip} means: an entry of {@code x-forwarded-for}, counted from its end by the hops that are
 * trusted, or the peer's own address where there is no such entry or it is no address. A header says it, so policies that need
 * certainty use the direct address.
 *
 * @param fromEnd how many entries at the end are passed over; negative: the header is not looked at
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-for">Envoy,
 *     x-forwarded-for</a>
 */
public record ForwardedFor(int fromEnd) {

    /** A bound on what a configuration may ask to count. */
    private static final int MOST_HOPS = 1000;

    /**
     * As a connection manager's settings say.
     *
     * @param useRemoteAddress Envoy's field: this hop faces the callers, so that the header counts only beyond trusted hops
     * @param trustedHops Envoy's {@code xff_num_trusted_hops}
     */
    public static ForwardedFor of(boolean useRemoteAddress, long trustedHops) {
        int hops = (int) Math.min(trustedHops, MOST_HOPS);
        return new ForwardedFor(useRemoteAddress ? hops - 1 : hops);
    }

    InetAddress remoteAddress(InboundRequest request) {
        InetAddress direct = request.connection().remote().getAddress();
        String forwarded = fromEnd < 0 ? null : request.head().header("x-forwarded-for");
        if (forwarded == null) {
            return direct;
        }
        int end = forwarded.length();
        for (int i = 0; i < fromEnd && end >= 0; i++) {
            end = forwarded.lastIndexOf(',', end - 1);
        }
        if (end < 0) {
            return direct;
        }
        String entry = forwarded
                .substring(forwarded.lastIndexOf(',', end - 1) + 1, end)
                .strip();
        return IpLiteral.parse(entry).orElse(direct);
    }
}
