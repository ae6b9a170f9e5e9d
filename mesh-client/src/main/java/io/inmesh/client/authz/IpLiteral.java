package io.inmesh.client.authz;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads an IP literal and nothing else: no name is ever looked up, no short or hexadecimal form of IPv4 is taken. */
final class IpLiteral {

    private IpLiteral() {}

    static Optional<InetAddress> parse(String text) {
        boolean ipv6 = text.indexOf(':') >= 0 && text.chars().allMatch(IpLiteral::inIpv6);
        if (!ipv6 && !isIpv4(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean inIpv6(int c) {
        return (Character.digit(c, 16) >= 0 && c < 0x80) || c == ':' || c == '.';
    }

    private static boolean isIpv4(String text) {
        int parts = 1;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && digits > 0) {
                parts++;
                digits = 0;
            } else if (c < '0' || c > '9' || ++digits > 3) {
                return false;
            }
        }
        return parts == 4 && digits > 0;
    }
}
