package io.inmesh.benchmarks;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.inmesh.api.http.MeshRequest;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/** What does the whole way of a call cost without a network, beside one decoration by resilience4j's circuit breaker? */
final class DecisionReport {

    private static final double LIMIT = 2;
    private static final double LEDGER_BYTES = 288;
    private static final int ROUNDS = 60;
    private static final int BLOCK = 100_000;
    private static final MeshRequest REQUEST = new StubRequest("reviews.bookinfo:9080", "/reviews/1");

    private DecisionReport() {}

    private static void spend(Supplier<String> call) {
        if (call.get().isEmpty()) {
            throw new IllegalStateException("the call answers");
        }
    }

    /** Prints the measurements and, last, the verdict. */
    public static void main(String[] args) throws Exception {
        Supplier<String> decorated = CircuitBreaker.decorateSupplier(CircuitBreaker.ofDefaults("reviews"), () -> "ok");
        try (Engine plain = Engine.of("reviews-client");
                Engine timed = Engine.of("reviews-timeouts-client")) {
            Paired routed = Paired.measure(() -> spend(decorated), () -> plain.call(REQUEST), ROUNDS, BLOCK);
            print(System.out, "route, balance, limits, retry decision", routed);
            Paired full = Paired.measure(() -> spend(decorated), () -> timed.call(REQUEST), ROUNDS, BLOCK);
            print(System.out, "the same with timers and outlier detection", full);
            boolean ok = full.valid() && full.upper() <= LIMIT && full.bytesOfSecond() <= LEDGER_BYTES;
            System.out.println(new Verdict("decision", full.ratio(), LIMIT, "times resilience4j", ok).json());
        }
    }

    private static void print(PrintStream out, String what, Paired paired) {
        out.printf(
                Locale.ROOT,
                "%s: %.2f times a decoration of %.0f ns (at most %.2f; A/A %.3f%s); %.0f bytes a call, of resilience4j %.0f%n",
                what,
                paired.ratio(),
                paired.nanosOfFirst(),
                paired.upper(),
                paired.control(),
                paired.valid() ? "" : ", void",
                paired.bytesOfSecond(),
                paired.bytesOfFirst());
    }
}
