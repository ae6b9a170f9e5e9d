package io.inmesh.control.analysis.semantic;

import java.util.regex.Pattern;

/** IP addresses and ranges, without ever asking a resolver. Stateless. */
final class Addresses {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6_PART = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    private Addresses() {}

    static boolean isAddress(String text) {
        return V4.matcher(text).matches() || isV6(text);
    }

    static boolean isAddressOrRange(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return isAddress(text);
        }
        String address = text.substring(0, slash);
        String bits = text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}") || !isAddress(address)) {
            return false;
        }
        return Integer.parseInt(bits) <= (V4.matcher(address).matches() ? V4_BITS : V6_BITS);
    }

    private static boolean isV6(String text) {
        if (!text.contains(":") || text.length() > 45) {
            return false;
        }
        String rest = text;
        int parts = 8;
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') > lastColon) {
            if (!V4.matcher(text.substring(lastColon + 1)).matches()) {
                return false;
            }
            rest = text.substring(0, lastColon + 1) + "0";
            parts = 7;
        }
        int gap = rest.indexOf("::");
        if (gap < 0) {
            return count(rest) == parts;
        }
        int before = count(rest.substring(0, gap));
        int after = count(rest.substring(gap + 2));
        return before >= 0 && after >= 0 && before + after < parts;
    }

    /** How many groups of digits; -1 if it is anything else. */
    private static int count(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        for (String group : groups) {
            if (!V6_PART.matcher(group).matches()) {
                return -1;
            }
        }
        return groups.length;
    }
}
