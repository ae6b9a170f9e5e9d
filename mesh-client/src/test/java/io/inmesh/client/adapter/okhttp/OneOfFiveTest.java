package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.pipeline.BeyondEnvoy;
import io.inmesh.xds.model.route.RetryOn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of five endpoints goes bad for a while under 200 calls a second, of which every seventh is a POST. */
class OneOfFiveTest {

    private static final int CALLS = 500;
    private static final int PER_SECOND = 200;

    private final Map<String, Integer> seen = new ConcurrentHashMap<>();
    private final List<MoodyServer> servers = new ArrayList<>();
    private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(100);

    @BeforeEach
    void start() throws IOException {
        for (int i = 0; i < 5; i++) {
            servers.add(new MoodyServer(seen));
        }
    }

    @AfterEach
    void stop() throws IOException {
        callers.shutdownNow();
        for (MoodyServer server : servers) {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STALLS", "RESETS", "SLOW"})
    void noGetIsLostAndNoPostIsDoubled(MoodyServer.Mood mood) throws Exception {
        Integer[] ports = servers.stream().map(MoodyServer::port).toArray(Integer[]::new);
        try (TestMesh mesh = TestMesh.to(ports)
                .retriesOfGets(4, RetryOn.RESET, RetryOn.CONNECT_FAILURE)
                .timeouts(Duration.ofSeconds(20), Duration.ofMillis(700))
                .beyond(new BeyondEnvoy(true, false))) {
            OkHttpClient client = mesh.client();
            List<Future<Integer>> gets = new ArrayList<>();
            List<Future<Integer>> posts = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                int number = i;
                long atMicros = 1_000_000L * i / PER_SECOND;
                (post(i) ? posts : gets)
                        .add(callers.schedule(() -> call(client, number), atMicros, TimeUnit.MICROSECONDS));
            }
            Future<?> falls = callers.schedule(() -> servers.get(2).mood = mood, 500, TimeUnit.MILLISECONDS);
            Future<?> heals =
                    callers.schedule(() -> servers.get(2).mood = MoodyServer.Mood.WELL, 2000, TimeUnit.MILLISECONDS);

            falls.get(30, TimeUnit.SECONDS);
            heals.get(30, TimeUnit.SECONDS);
            for (Future<Integer> get : gets) {
                assertThat(get.get(30, TimeUnit.SECONDS)).isEqualTo(200);
            }
            int broken = 0;
            for (Future<Integer> post : posts) {
                broken += post.get(30, TimeUnit.SECONDS) == 200 ? 0 : 1;
            }
            assertThat(broken).as("the bad endpoint was met").isPositive();
            assertThat(seen.entrySet())
                    .filteredOn(call -> call.getKey().startsWith("post"))
                    .hasSize(posts.size())
                    .allSatisfy(call -> assertThat(call.getValue()).isEqualTo(1));
            assertThat(seen.entrySet())
                    .filteredOn(call -> call.getValue() > 1)
                    .as("GETs that were made again")
                    .isNotEmpty();
        }
    }

    /** Not every fifth: the hosts take turns. */
    private static boolean post(int number) {
        return number % 7 == 3;
    }

    private static int call(OkHttpClient client, int number) throws IOException {
        Request.Builder request = new Request.Builder().url("http://test/x");
        if (post(number)) {
            request.post(RequestBody.create(new byte[10])).header("x-call", "post-" + number);
        } else {
            request.header("x-call", "get-" + number);
        }
        try (Response response = client.newCall(request.build()).execute()) {
            response.body().bytes();
            return response.code();
        }
    }
}
