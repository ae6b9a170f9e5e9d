package io.inmesh.samples.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One of the two v1 instances fails every call until told otherwise: hidden by retries, then ejected, then back. */
final class FailingInstance {

    private static final String NAME = "reviews-v1-a";
    private static final String OTHER = "reviews-v1-b";
    private static final int CALLS = 30;
    private static final int ROUNDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Bookshop bookshop;

    FailingInstance(Bookshop bookshop) {
        this.bookshop = bookshop;
    }

    Line hiddenByRetries() throws IOException, InterruptedException {
        bookshop.operator().failing(bookshop.port(NAME), true);
        Snapshot before = bookshop.snapshot();
        long seen = 0;
        for (int i = 0; i < CALLS; i++) {
            seen += bookshop.shopper().visit("reader").status() == 200 ? 0 : 1;
        }
        long failed = bookshop.snapshot().requestsSince(before, "/reviews", 503, NAME);
        return new Line(
                failed > 0 && seen == 0,
                "retries",
                "%s failed %d calls, shoppers saw %d failures in %d calls".formatted(NAME, failed, seen, CALLS));
    }

    Line ejected() throws IOException, InterruptedException {
        long failed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Snapshot before = bookshop.snapshot();
            bookshop.shopper().visits("reader", CALLS);
            Snapshot after = bookshop.snapshot();
            long arrived = after.requestsSince(before, "/reviews", List.of(NAME));
            long others = after.requestsSince(before, "/reviews", List.of(OTHER));
            failed += arrived;
            if (arrived == 0 && others > 0) {
                return new Line(
                        true,
                        "ejection",
                        "%s gets no more calls, %s served %d of %d".formatted(NAME, OTHER, others, CALLS));
            }
        }
        return new Line(false, "ejection", "%s still got %d of %d calls".formatted(NAME, failed, ROUNDS * CALLS));
    }

    Line returned() throws IOException, InterruptedException {
        bookshop.operator().failing(bookshop.port(NAME), false);
        long start = System.nanoTime();
        Duration waited = Duration.ZERO;
        while (waited.compareTo(PATIENCE) < 0) {
            Snapshot before = bookshop.snapshot();
            bookshop.shopper().visits("reader", CALLS);
            long served = bookshop.snapshot().requestsSince(before, "/reviews", 200, NAME);
            waited = Duration.ofNanos(System.nanoTime() - start);
            if (served > 0) {
                return new Line(
                        true,
                        "return",
                        "%s is well and serves again, %.1f s later".formatted(NAME, waited.toMillis() / 1000.0));
            }
        }
        return new Line(false, "return", "%s is well but got no call for %d s".formatted(NAME, waited.toSeconds()));
    }
}
