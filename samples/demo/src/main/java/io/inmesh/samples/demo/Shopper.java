package io.inmesh.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A caller outside the mesh: plain HTTP to the storefront, or to whatever port is tried. */
final class Shopper {

    private static final Pattern VERSION = Pattern.compile("\"version\":\"(\\w+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 8;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final int storefront;

    Shopper(int storefrontPort) {
        this.storefront = storefrontPort;
    }

    /** Looks at a book and tells what came. */
    Visit visit(String user) throws IOException, InterruptedException {
        long start = System.nanoTime();
        return visit(client.send(request(user), HttpResponse.BodyHandlers.ofString()), start);
    }

    /** Many visits, a few at a time. */
    List<Visit> visits(String user, int count) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        List<CompletableFuture<Visit>> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.acquire();
            long start = System.nanoTime();
            pending.add(client.sendAsync(request(user), HttpResponse.BodyHandlers.ofString())
                    .whenComplete((response, failure) -> places.release())
                    .thenApply(response -> visit(response, start)));
        }
        return pending.stream().map(CompletableFuture::join).toList();
    }

    /** What a plaintext call to a port gives: an HTTP status, or why there was none. */
    String plaintext(int port, String path) throws InterruptedException {
        try {
            return Integer.toString(client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException e) {
            return "refused";
        }
    }

    private HttpRequest request(String user) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + storefront + "/books/1"))
                .header("end-user", user)
                .timeout(PATIENCE)
                .build();
    }

    private static Visit visit(HttpResponse<String> response, long start) {
        Matcher version = VERSION.matcher(response.body());
        return new Visit(
                response.statusCode(),
                version.find() ? version.group(1) : "none",
                response.body().contains("\"given\":"),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * @param status the storefront's answer
     * @param version of the reviews service behind it
     * @param rated whether the review came with stars
     * @param took as the shopper saw it
     */
    record Visit(int status, String version, boolean rated, Duration took) {}
}
