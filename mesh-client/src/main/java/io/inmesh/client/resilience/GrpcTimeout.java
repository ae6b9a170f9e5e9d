package io.inmesh.client.resilience;

import org.jspecify.annotations.Nullable;

/**
 * The header {@code grpc-timeout}.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over HTTP/2</a>
 */
final class GrpcTimeout {

    private static final int MAX_DIGITS = 8;
    private static final long MAX_NUMBER = 99_999_999;

    private GrpcTimeout() {}

    /** Whole milliseconds, rounded up; -1 if there is no such header, or none that can be read. */
    static long millis(@Nullable String header) {
        if (header == null || header.length() < 2 || header.length() > MAX_DIGITS + 1) {
            return -1;
        }
        long number = 0;
        int unit = header.length() - 1;
        for (int i = 0; i < unit; i++) {
            int digit = header.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return switch (header.charAt(unit)) {
            case 'H' -> number * 3_600_000;
            case 'M' -> number * 60_000;
            case 'S' -> number * 1_000;
            case 'm' -> number;
            case 'u' -> (number + 999) / 1_000;
            case 'n' -> (number + 999_999) / 1_000_000;
            default -> -1;
        };
    }

    /** The finest unit that it fits in. */
    static String text(long millis) {
        if (millis <= MAX_NUMBER) {
            return millis + "m";
        }
        long seconds = millis / 1_000;
        if (seconds <= MAX_NUMBER) {
            return seconds + "S";
        }
        return Math.min(seconds / 60, MAX_NUMBER) + "M";
    }
}
