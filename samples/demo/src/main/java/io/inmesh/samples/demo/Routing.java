package io.inmesh.samples.demo;

import java.io.IOException;

/** Which version of reviews a call reaches, counted by the instances themselves. */
final class Routing {

    private static final int JASONS = 20;
    private static final int READERS = 300;
    // Four standard deviations and more around ten in a hundred.
    private static final double LEAST = 0.025;
    private static final double MOST = 0.18;

    private final Bookshop bookshop;

    Routing(Bookshop bookshop) {
        this.bookshop = bookshop;
    }

    Line header() throws IOException, InterruptedException {
        Split split = visits("jason", JASONS);
        return new Line(
                split.v1 == 0 && split.v2 == JASONS,
                "header routing",
                "%d calls of end-user jason: v1 served %d, v2 served %d".formatted(JASONS, split.v1, split.v2));
    }

    Line canary() throws IOException, InterruptedException {
        Split split = visits("reader", READERS);
        double share = (double) split.v2 / (split.v1 + split.v2);
        return new Line(
                share >= LEAST && share <= MOST && split.v1 + split.v2 >= READERS,
                "canary 90/10",
                "%d calls: v1 served %d, v2 served %d (%.1f%%)".formatted(READERS, split.v1, split.v2, share * 100));
    }

    private Split visits(String user, int count) throws IOException, InterruptedException {
        Snapshot before = bookshop.snapshot();
        bookshop.shopper().visits(user, count);
        Snapshot after = bookshop.snapshot();
        return new Split(
                after.requestsSince(before, "/reviews", Bookshop.REVIEWS_V1),
                after.requestsSince(before, "/reviews", Bookshop.REVIEWS_V2));
    }

    private record Split(long v1, long v2) {}
}
