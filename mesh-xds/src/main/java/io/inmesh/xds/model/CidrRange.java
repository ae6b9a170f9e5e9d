package io.inmesh.xds.model;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A range of IP addresses.
 *
 * @param address any address in the range; bits behind the prefix do not count
 * @param prefixLength leading bits that must agree: 0 to 32 or 128
 */
public record CidrRange(InetAddress address, int prefixLength) {

    public CidrRange {
        Objects.requireNonNull(address, "address");
        if (prefixLength < 0 || prefixLength > address.getAddress().length * 8) {
            throw new IllegalArgumentException("A prefix has at most as many bits as its address: " + prefixLength);
        }
    }

    /** True if the candidate is of the same family and has the same leading bits. */
    public boolean contains(InetAddress candidate) {
        byte[] wanted = address.getAddress();
        byte[] given = candidate.getAddress();
        if (wanted.length != given.length) {
            return false;
        }
        int whole = prefixLength / 8;
        for (int i = 0; i < whole; i++) {
            if (wanted[i] != given[i]) {
                return false;
            }
        }
        int rest = prefixLength % 8;
        return rest == 0 || ((wanted[whole] ^ given[whole]) & 0xff) >> (8 - rest) == 0;
    }
}
