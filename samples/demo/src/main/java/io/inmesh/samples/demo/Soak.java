package io.inmesh.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./demo --soak [seconds]}: what happens to shoppers, 200 a second, while processes are killed. Each line counts what was lost;
 * exits with 0 only if nothing was.
 */
final class Soak {

    private static final int PER_SECOND = 200;
    private static final String REVIEWS = "/reviews";
    private static final Pattern STARTED = Pattern.compile("process running for ([\\d.]+)");

    private final Bookshop bookshop;
    private final int seconds;
    private final List<Line> lines = new ArrayList<>();

    private Soak(Bookshop bookshop, int seconds) {
        this.bookshop = bookshop;
        this.seconds = seconds;
    }

    static boolean run(int seconds) throws IOException, InterruptedException {
        // 200 threads of a cold storefront with a TLS connection each need more than a demonstration does.
        System.setProperty("demo.heap", "256m");
        return Opened.bookshop("soak-", (bookshop, startNanos) -> new Soak(bookshop, seconds).run());
    }

    private boolean run() throws IOException, InterruptedException {
        bookshop.policies()
                .edit(
                        "reviews-route.yaml",
                        "retryOn: 5xx,reset,connect-failure",
                        "retryOn: connect-failure,reset,refused-stream");
        during("nothing happens", () -> {}); // The JVMs are cold: what follows is not about that.
        during("kill -9 of one of two instances", () -> bookshop.kill("reviews-v1-a"));
        bookshop.restart("reviews-v1-a");
        during("kill -9 of the control service", bookshop::killControl);
        during("a member restarts meanwhile", () -> {
            bookshop.kill("reviews-v1-b");
            bookshop.restart("reviews-v1-b");
        });
        restartFromDisk();
        during("the control service returns", bookshop::restartControl);
        nothingShrank();
        return lines.stream().allMatch(Line::holds);
    }

    private void during(String what, Event event) throws IOException, InterruptedException {
        try (SteadyShoppers shoppers = new SteadyShoppers(bookshop.port("storefront"), PER_SECOND)) {
            TimeUnit.SECONDS.sleep(Math.max(1, seconds / 4));
            event.happen();
            TimeUnit.SECONDS.sleep(seconds - Math.max(1, seconds / 4));
            int came = shoppers.came();
            Map<String, Integer> lost = shoppers.finish();
            say(new Line(lost.isEmpty(), what, came + " calls, lost " + lost));
        }
    }

    /** With the control service gone, the copy on disk is all there is. Measured without load, which would starve the start. */
    private void restartFromDisk() throws IOException, InterruptedException {
        bookshop.kill("reviews-v1-b");
        long start = System.nanoTime();
        Member member = bookshop.restart("reviews-v1-b");
        double ready = (System.nanoTime() - start) / 1e9;
        Matcher started = STARTED.matcher(Files.readString(member.process().log()));
        boolean found = started.find();
        double application = found ? Double.parseDouble(started.group(1)) : 0;
        say(new Line(
                found && ready - application < 1,
                "disk copy",
                "ready %.1f s after its start, of which the application took %.1f s".formatted(ready, application)));
    }

    /** Every instance serves again, once nobody holds its death against it any longer: no endpoint was forgotten. */
    private void nothingShrank() throws IOException, InterruptedException {
        Snapshot before = bookshop.snapshot();
        Patience.await("every instance of reviews serves", () -> {
            bookshop.shopper().visits("reader", 20);
            bookshop.shopper().visits("jason", 5);
            Snapshot now = bookshop.snapshot();
            return Bookshop.REVIEWS.stream().allMatch(name -> now.requestsSince(before, REVIEWS, List.of(name)) > 0);
        });
        say(new Line(true, "endpoints", "all of " + Bookshop.REVIEWS + " serve"));
    }

    private void say(Line line) {
        lines.add(line);
        System.out.println(line);
    }

    @FunctionalInterface
    private interface Event {
        void happen() throws IOException, InterruptedException;
    }
}
