package io.inmesh.api.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * Which addresses may be fetched from. Who writes a policy chooses a URL, and the request is then made by a process that reaches more
 * than he does: so only addresses of the public network, unless an operator of the mesh allows others (CVE-2026-41413). Immutable.
 */
public final class FetchRule {

    /** Only the public network. */
    public static final FetchRule PUBLIC = new FetchRule(address -> false);

    /** IPv4 ranges without a public meaning that the JDK has no name for: first byte, second byte from, second byte to. */
    private static final int[][] SPECIAL4 = {{0, 0, 255}, {100, 64, 127}, {192, 0, 0}, {198, 18, 19}, {240, 0, 255}};

    private static final int FIRST_RESERVED4 = 240;

    private final Predicate<InetAddress> allowed;

    private FetchRule(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    /** The public network and whatever the operator allows. */
    public static FetchRule publicAnd(Predicate<InetAddress> allowed) {
        return new FetchRule(allowed);
    }

    /** Whether a connection may be made to an address. */
    public boolean allows(InetAddress address) {
        return isPublic(address) || allowed.test(address);
    }

    private static boolean isPublic(InetAddress address) {
        boolean named = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        if (named) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        for (int[] range : SPECIAL4) {
            if (first == range[0] && second >= range[1] && second <= range[2]) {
                return false;
            }
        }
        return first < FIRST_RESERVED4;
    }

    /** Global unicast is 2000::/3; within it, 2002::/16 (6to4) carries an IPv4 address that could be any. */
    private static boolean isPublic6(byte[] bytes) {
        boolean globalUnicast = (bytes[0] & 0xe0) == 0x20;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return globalUnicast && !sixToFour;
    }
}
