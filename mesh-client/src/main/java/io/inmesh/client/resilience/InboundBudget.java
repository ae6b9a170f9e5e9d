package io.inmesh.client.resilience;

import org.jspecify.annotations.Nullable;

/** How much time a caller gives, by the headers that Envoy and gRPC send. */
public final class InboundBudget {

    private static final int MAX_DIGITS = 15;

    private InboundBudget() {}

    /**
     * Milliseconds; -1 if the caller does not say.
     *
     * @param expected value of {@code x-envoy-expected-rq-timeout-ms}
     * @param grpcTimeout value of {@code grpc-timeout}
     */
    public static long millis(@Nullable String expected, @Nullable String grpcTimeout) {
        long envoys = number(expected);
        long grpcs = GrpcTimeout.millis(grpcTimeout);
        return envoys < 0 ? grpcs : grpcs < 0 ? envoys : Math.min(envoys, grpcs);
    }

    private static long number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number == 0 ? -1 : number;
    }
}
