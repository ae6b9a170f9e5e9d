package io.inmesh.conformance.pair;

import org.jspecify.annotations.Nullable;

/**
 * What became of a call, as the caller has it and as the called side saw it.
 *
 * @param protocol that the called side saw, such as {@code HTTP/2}; {@code -} if it saw nothing
 * @param peer the caller's SPIFFE id as the called side saw it; {@code -} if there was none
 * @param forwarded how the called side told its application about the caller (XFCC); {@code -} if it did not
 */
public record Seen(int status, String protocol, String peer, String forwarded) {

    /** Nothing of the request arrived. */
    public static Seen refused(int status) {
        return new Seen(status, "-", "-", "-");
    }

    /** A header that is not there says that there was nothing. */
    static String orDash(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
