package io.inmesh.samples.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Faults that the mesh injects: the caller gets them, the called process never sees the call. */
final class Faults {

    private static final int CALLS = 40;
    // More than four standard deviations around one half.
    private static final int LEAST_ABORTED = 6;
    private static final Duration DELAY = Duration.ofMillis(200);

    private final Bookshop bookshop;

    Faults(Bookshop bookshop) {
        this.bookshop = bookshop;
    }

    Line injected() throws IOException, InterruptedException {
        Snapshot before = bookshop.snapshot();
        List<Shopper.Visit> visits = bookshop.shopper().visits("tester", CALLS);
        Snapshot after = bookshop.snapshot();
        long aborted = answers(after, "500") - answers(before, "500");
        long arrived = after.requestsSince(before, "/ratings", List.of("ratings"));
        Duration fastest = visits.stream()
                .map(Shopper.Visit::took)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new Line(
                aborted >= LEAST_ABORTED
                        && aborted <= CALLS - LEAST_ABORTED
                        && arrived == CALLS - aborted
                        && fastest.compareTo(DELAY) >= 0,
                "faults",
                "%d calls of end-user tester: %d aborted with 500, %d reached ratings, the fastest took %d ms"
                        .formatted(CALLS, aborted, arrived, fastest.toMillis()));
    }

    private static long answers(Snapshot snapshot, String status) {
        return Bookshop.REVIEWS.stream()
                .mapToLong(name -> snapshot.of(name).sum("bookshop_ratings_answers_total", "status", status))
                .sum();
    }
}
