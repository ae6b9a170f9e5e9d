package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inmesh.api.spi.Deadline;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.adapter.okhttp.MoodyServer.Mood;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import io.inmesh.client.pipeline.BeyondEnvoy;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.xds.model.route.RetryOn;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A caller's time limit, from the request that comes in by Tomcat to the calls that go out for it, over real sockets. */
@Timeout(60)
class InboundDeadlineTest {

    private static final BeyondEnvoy ON = new BeyondEnvoy(false, true);
    private static final int BUDGET_MILLIS = 200;

    private final Map<String, Integer> seen = new ConcurrentHashMap<>();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final Tomcat tomcat = new Tomcat();
    private final OkHttpClient caller =
            new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(30)).build();
    private MoodyServer upstream;
    private TestMesh mesh;
    private Connector connector;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        if (mesh != null) {
            mesh.close();
            upstream.close();
        }
        pool.shutdownNow();
    }

    @Test
    void aCallForARequestEndsWithTheCallersPatience() throws Exception {
        start(ON, Mood.STALLS, Callable::call);

        assertThat(ask("/now", BUDGET_MILLIS)).isEqualTo("504");
        assertThat(ask("/seen", 0)).as("nothing stays with the thread").isEqualTo("null");
    }

    @Test
    void itsRetriesEndByThenToo() throws Exception {
        start(ON, Mood.RESETS, Callable::call);

        assertThat(ask("/now", BUDGET_MILLIS)).isEqualTo("504");
        assertThat(seen.get("nested")).isGreaterThan(1);
    }

    @Test
    void anAsynchronousDispatchKeepsIt() throws Exception {
        start(ON, Mood.STALLS, Callable::call);

        assertThat(ask("/dispatched", BUDGET_MILLIS)).isEqualTo("504");
        assertThat(ask("/seen", 0)).isEqualTo("null");
    }

    @Test
    void poolsAndFuturesTakeItAlong() throws Exception {
        start(ON, Mood.STALLS, call -> pool.submit(Deadline.carrying(call)).get());
        assertThat(ask("/now", BUDGET_MILLIS)).isEqualTo("504");
    }

    @Test
    void completableFuturesTakeItAlong() throws Exception {
        start(ON, Mood.STALLS, call -> CompletableFuture.supplyAsync(() -> unchecked(call), Deadline.carrying(pool))
                .get());
        assertThat(ask("/now", BUDGET_MILLIS)).isEqualTo("504");
    }

    @Test
    void virtualThreadsTakeItAlong() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21");
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        start(ON, Mood.STALLS, call -> threads.submit(Deadline.carrying(call)).get());
        assertThat(ask("/now", BUDGET_MILLIS)).isEqualTo("504");
        threads.shutdown();
    }

    @Test
    void reactorTakesItAlong() throws Exception {
        start(ON, Mood.STALLS, call -> Mono.fromCallable(call)
                .subscribeOn(Schedulers.boundedElastic())
                .block());
        Hooks.enableAutomaticContextPropagation();
        try {
            assertThat(ask("/now", BUDGET_MILLIS)).isEqualTo("504");
        } finally {
            Hooks.disableAutomaticContextPropagation();
        }
    }

    @Test
    void callsThatOkHttpRunsOnItsOwnThreadsTakeItAlong() throws Exception {
        start(ON, Mood.STALLS, call -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            mesh.client().newCall(nested()).enqueue(new Callback() {
                @Override
                public void onFailure(Call failed, IOException e) {
                    answer.completeExceptionally(e);
                }

                @Override
                public void onResponse(Call answered, Response response) {
                    answer.complete(String.valueOf(response.code()));
                    response.close();
                }
            });
            return answer.get(20, TimeUnit.SECONDS);
        });
        assertThat(ask("/now", BUDGET_MILLIS)).isEqualTo("504");
    }

    @Test
    void switchedOffNobodysPatienceIsLookedAt() throws Exception {
        start(BeyondEnvoy.NOTHING, Mood.WELL, Callable::call);

        assertThat(ask("/now", 1)).isEqualTo("200");
    }

    private void start(BeyondEnvoy beyond, Mood mood, Way way) throws Exception {
        upstream = new MoodyServer(seen);
        upstream.mood = mood;
        mesh = TestMesh.to(upstream.port()).beyond(beyond).retries(100_000, RetryOn.RESET);
        InboundHolder holder = new InboundHolder();
        connector = MeshTomcat.connector(
                0, new InboundPipeline(holder, settings -> Optional.empty(), null, MeshClock.system()));
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", "1");
        connector.setProperty("minSpareThreads", "1");
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        Wrapper servlet = Tomcat.addServlet(context, "calls", new CallingServlet(way));
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "calls");
        tomcat.start();
        holder.publish(InboundListeners.disabled(connector.getLocalPort()));
    }

    private String ask(String path, int budgetMillis) throws IOException {
        Request.Builder request = new Request.Builder().url("http://127.0.0.1:" + connector.getLocalPort() + path);
        if (budgetMillis > 0) {
            request.header("x-envoy-expected-rq-timeout-ms", String.valueOf(budgetMillis));
        }
        try (Response response = caller.newCall(request.build()).execute()) {
            return response.body().string();
        }
    }

    private static Request nested() {
        return new Request.Builder()
                .url("http://upstream/")
                .header("x-call", "nested")
                .build();
    }

    private String call() throws IOException {
        try (Response response = mesh.client().newCall(nested()).execute()) {
            return String.valueOf(response.code());
        }
    }

    private static String unchecked(Callable<String> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** How the application comes to make its call. */
    private interface Way {
        String go(Callable<String> call) throws Exception;
    }

    private final class CallingServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // nobody serialises a servlet of these tests
        private final Way way;

        private CallingServlet(Way way) {
            this.way = way;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/seen")) {
                response.getWriter().print(Deadline.current());
            } else if (request.getRequestURI().equals("/dispatched")
                    && request.getDispatcherType() != DispatcherType.ASYNC) {
                AsyncContext asynchronous = request.startAsync();
                pool.execute(asynchronous::dispatch);
            } else {
                response.getWriter().print(answer());
            }
        }

        private String answer() {
            try {
                return way.go(InboundDeadlineTest.this::call);
            } catch (Exception e) {
                return e.toString();
            }
        }
    }
}
