package io.inmesh.samples.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An operator's edit takes effect, and a policy denies by name. */
final class Policies {

    static final String ROUTE = "reviews-route.yaml";

    private static final String TO_V2 =
            "        exact: jason\n    route:\n    - destination:\n        host: reviews\n        subset: v2";
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String POLICY = "ratings-read-only";

    private final Bookshop bookshop;

    Policies(Bookshop bookshop) {
        this.bookshop = bookshop;
    }

    /** Sends jason to v1 by an edit of the file, measures when that is so, and takes the edit back. */
    Line edited() throws IOException, InterruptedException {
        String before = bookshop.policies().read(ROUTE);
        bookshop.shopper().visit("jason");
        try {
            bookshop.policies().edit(ROUTE, TO_V2, TO_V2.replace("v2", "v1"));
            Duration took = untilJasonSees("v1");
            return new Line(
                    took.compareTo(LIMIT) < 0,
                    "policy edit",
                    "%s saved, jason on v1 after %d ms".formatted(ROUTE, took.toMillis()));
        } finally {
            bookshop.policies().write(ROUTE, before);
            untilJasonSees("v2");
        }
    }

    Line denied() throws IOException, InterruptedException {
        int port = bookshop.port("ratings");
        // A path that no earlier call had, so that the denial found in the called process is this one's.
        String path = "/ratings/" + System.nanoTime() + "/1";
        Snapshot before = bookshop.snapshot();
        int read = bookshop.operator().call(port, "GET", "/ratings/1").status();
        int change = bookshop.operator().call(port, "PUT", path).status();
        long arrived = bookshop.snapshot().requestsSince(before, "/ratings", List.of("ratings"));
        String policy = denialOf(
                path, bookshop.operator().call(port, "GET", "/actuator/mesh").text());
        return new Line(
                read == 200 && change == 403 && arrived == 1 && policy.contains(POLICY),
                "authorization",
                "operator's GET: %d, PUT: %d by %s; %d of 2 calls reached ratings"
                        .formatted(read, change, policy, arrived));
    }

    private static String denialOf(String path, String mesh) {
        Matcher denial =
                Pattern.compile("\\{[^{}]*" + Pattern.quote(path) + "[^{}]*}").matcher(mesh);
        Matcher policy = Pattern.compile("ns\\[\\w+]-policy\\[[\\w-]+]-rule\\[\\d+]")
                .matcher(denial.find() ? denial.group() : "");
        return policy.find() ? policy.group() : "no policy";
    }

    private Duration untilJasonSees(String version) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Duration waited = Duration.ZERO;
        while (waited.compareTo(PATIENCE) < 0) {
            Shopper.Visit visit = bookshop.shopper().visit("jason");
            waited = Duration.ofNanos(System.nanoTime() - start);
            if (visit.version().equals(version)) {
                return waited;
            }
        }
        return waited;
    }
}
