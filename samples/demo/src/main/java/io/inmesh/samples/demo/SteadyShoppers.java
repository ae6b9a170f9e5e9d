package io.inmesh.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Shoppers who come at a fixed rate, whether the last one was served or not, and what became of each. */
final class SteadyShoppers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final HttpRequest request;
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final Map<String, Integer> lost = new ConcurrentHashMap<>();

    SteadyShoppers(int storefrontPort, int perSecond) {
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + storefrontPort + "/books/1"))
                .header("end-user", "reader")
                .timeout(PATIENCE)
                .build();
        var unused = clock.scheduleAtFixedRate(this::come, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
    }

    private void come() {
        came.incrementAndGet();
        var unused = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete((response, failure) -> left(response, failure));
    }

    private void left(HttpResponse<String> response, Throwable failure) {
        if (failure != null) {
            lost.merge(String.valueOf(failure.getCause() == null ? failure : failure.getCause()), 1, Integer::sum);
        } else if (response.statusCode() != 200 || !response.body().contains("\"version\"")) {
            lost.merge(response.statusCode() + " " + response.body(), 1, Integer::sum);
        } else {
            served.incrementAndGet();
        }
    }

    int came() {
        return came.get();
    }

    /** Sends no more, waits for those under way, and tells what was lost and why. */
    Map<String, Integer> finish() throws IOException, InterruptedException {
        clock.shutdownNow();
        Patience.await("every shopper has left", () -> served.get() + sum() == came.get());
        return Map.copyOf(lost);
    }

    private int sum() {
        return lost.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
