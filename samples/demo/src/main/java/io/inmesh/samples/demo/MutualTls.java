package io.inmesh.samples.demo;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Who is who, read in the called processes from the callers' TLS sessions. */
final class MutualTls {

    static final String STOREFRONT = "spiffe://cluster.local/ns/bookshop/sa/storefront";
    static final String REVIEWS = "spiffe://cluster.local/ns/bookshop/sa/reviews";

    private static final int CALLS = 40;

    private final Bookshop bookshop;

    MutualTls(Bookshop bookshop) {
        this.bookshop = bookshop;
    }

    Line identities() throws IOException, InterruptedException {
        Snapshot before = bookshop.snapshot();
        bookshop.shopper().visits("reader", CALLS);
        Snapshot after = bookshop.snapshot();
        Set<String> callersOfReviews = after.peersSince(before, "/reviews", Bookshop.REVIEWS);
        Set<String> callersOfRatings = after.peersSince(before, "/ratings", List.of("ratings"));
        return new Line(
                callersOfReviews.equals(Set.of(STOREFRONT)) && callersOfRatings.equals(Set.of(REVIEWS)),
                "identities",
                "reviews saw %s, ratings saw %s".formatted(callersOfReviews, callersOfRatings));
    }

    Line strict() throws IOException, InterruptedException {
        Snapshot before = bookshop.snapshot();
        String reviews = bookshop.shopper().plaintext(bookshop.port("reviews-v1-a"), "/reviews/1");
        String ratings = bookshop.shopper().plaintext(bookshop.port("ratings"), "/ratings/1");
        Snapshot after = bookshop.snapshot();
        long arrived = after.requestsSince(before, "/reviews", Bookshop.REVIEWS)
                + after.requestsSince(before, "/ratings", List.of("ratings"));
        return new Line(
                reviews.equals("refused") && ratings.equals("refused") && arrived == 0,
                "STRICT mTLS",
                "plaintext to reviews: %s, to ratings: %s; %d of 2 calls reached an application"
                        .formatted(reviews, ratings, arrived));
    }
}
