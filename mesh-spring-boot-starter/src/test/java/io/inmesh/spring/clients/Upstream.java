package io.inmesh.spring.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;

/** A server that does what the path says. Counts what reaches it, by path. */
final class Upstream implements AutoCloseable {

    static final int LARGE = 4 * 1024 * 1024;

    final MockWebServer server = new MockWebServer();
    final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    final CountDownLatch release = new CountDownLatch(1);
    volatile RecordedRequest last;

    Upstream() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                last = request;
                int count = seen.computeIfAbsent(path(request), path -> new AtomicInteger())
                        .incrementAndGet();
                return answer(request, path(request), count);
            }
        });
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    int port() {
        return server.getPort();
    }

    int count(String path) {
        AtomicInteger count = seen.get(path);
        return count == null ? 0 : count.get();
    }

    private static String path(RecordedRequest request) {
        return request.getUrl().encodedPath();
    }

    private MockResponse answer(RecordedRequest request, String path, int count) {
        String what = path.substring(1, path.indexOf('/', 1) < 0 ? path.length() : path.indexOf('/', 1));
        MockResponse.Builder response = new MockResponse.Builder();
        return switch (what) {
            case "echo" ->
                response.setHeader(
                                "x-agent", String.valueOf(request.getHeaders().get("User-Agent")))
                        .body(request.getBody() == null ? "" : request.getBody().utf8())
                        .build();
            case "duplicates" ->
                response.addHeader("x-twice", "one")
                        .addHeader("x-twice", "two")
                        .body(String.join("|", request.getHeaders().values("x-asked")))
                        .build();
            case "broken" -> response.code(503).body("broken").build();
            case "flaky" ->
                response.code(count % 2 == 1 ? 503 : 200).body("at last").build();
            case "cut" ->
                count % 2 == 1
                        ? response.onResponseStart(new SocketEffect.CloseSocket())
                                .build()
                        : response.body("after a cut").build();
            case "alwayscut" ->
                response.onResponseStart(new SocketEffect.CloseSocket()).build();
            case "slow" ->
                count % 2 == 1
                        ? response.headersDelay(20, TimeUnit.SECONDS)
                                .body("slow")
                                .build()
                        : response.body("quick").build();
            case "hangs" ->
                response.onResponseStart(SocketEffect.Stall.INSTANCE).build();
            case "moved" ->
                response.code(302).setHeader("Location", "/echo/arrived").build();
            case "large" -> response.body(new Buffer().write(new byte[LARGE])).build();
            case "trickle" ->
                response.body(new Buffer().write(new byte[64 * 1024]))
                        .throttleBody(8 * 1024, 100, TimeUnit.MILLISECONDS)
                        .build();
            default -> response.code(404).build();
        };
    }

    @Override
    public void close() {
        release.countDown();
        server.close();
    }
}
