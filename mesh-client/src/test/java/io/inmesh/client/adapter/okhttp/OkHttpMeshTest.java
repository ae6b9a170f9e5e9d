package io.inmesh.client.adapter.okhttp;

import static io.inmesh.client.adapter.okhttp.Server.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.LocalReplyException;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.error.ResponseFlag;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.route.Rewrite;
import io.inmesh.xds.model.cluster.CircuitBreakers.Thresholds;
import io.inmesh.xds.model.route.RetryOn;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttpMeshTest {

    private static final Request REVIEWS =
            new Request.Builder().url("http://reviews:9080/x?q=1").build();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestReachesTheEndpointAndKeepsItsUrl(boolean http2) throws Exception {
        try (Server server = http2 ? Server.http2(answer(200, "ok")) : Server.http1(answer(200, "ok"));
                TestMesh mesh = http2 ? TestMesh.to(server.port()).http2() : TestMesh.to(server.port());
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.body().string()).isEqualTo("ok");
            assertThat(response.request().url()).isEqualTo(REVIEWS.url());
            assertThat(server.next().getUrl()).hasToString("http://reviews:9080/x?q=1");
            assertThat(MeshOutcome.of(response).orElseThrow().attempts()).isOne();
        }
    }

    @Test
    void aUrlWithTheServicesOwnAddressReachesTheEndpointToo() throws Exception {
        Request byAddress = new Request.Builder().url("http://192.0.2.1:9080/x").build();
        try (Server server = Server.http1(answer(200, "ok"));
                TestMesh mesh = TestMesh.to(server.port());
                Response response = mesh.client().newCall(byAddress).execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(server.next().getUrl()).hasToString("http://192.0.2.1:9080/x");
        }
    }

    @Test
    void aBodyStreamsWhileTheServerIsStillSending() throws Exception {
        MockResponse slow = new MockResponse.Builder()
                .body("0123456789")
                .throttleBody(5, 2, TimeUnit.SECONDS)
                .build();
        try (Server server = Server.http1(slow);
                TestMesh mesh = TestMesh.to(server.port());
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(response.body().source().readUtf8(5)).isEqualTo("01234");
            assertThat(mesh.cluster().activeRequests().get()).isOne();
            assertThat(response.body().string()).isEqualTo("56789");
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    @Test
    void interceptorsRunOnceAndNetworkInterceptorsForEachAttempt() throws Exception {
        AtomicInteger once = new AtomicInteger();
        AtomicInteger each = new AtomicInteger();
        OkHttpClient application = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    once.incrementAndGet();
                    return chain.proceed(chain.request());
                })
                .addNetworkInterceptor(chain -> {
                    each.incrementAndGet();
                    return chain.proceed(chain.request());
                })
                .build();
        try (Server server = Server.http1(answer(503, ""), answer(503, ""), answer(200, "ok"));
                TestMesh mesh = TestMesh.to(server.port()).retries(2, RetryOn.FIVE_XX);
                Response response = mesh.client(application).newCall(REVIEWS).execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(once).hasValue(1);
            assertThat(each).hasValue(3);
            assertThat(MeshOutcome.of(response).orElseThrow().attempts()).isEqualTo(3);
        }
    }

    @Test
    void aDerivedClientIsInTheMeshWithTheInterceptorsAddedToIt() throws Exception {
        try (Server server = Server.http1(answer(200, "ok"));
                TestMesh mesh = TestMesh.to(server.port())) {
            OkHttpClient derived = mesh.client()
                    .newBuilder()
                    .addInterceptor(chain -> chain.proceed(chain.request()
                            .newBuilder()
                            .header("x-later", "yes")
                            .build()))
                    .build();
            try (Response response = derived.newCall(REVIEWS).execute()) {
                assertThat(response.code()).isEqualTo(200);
                assertThat(server.next().getHeaders().get("x-later")).isEqualTo("yes");
            }
            assertThat(mesh.client(derived)).isSameAs(derived);
        }
    }

    @Test
    void enqueuedCallsGoTheSameWay() throws Exception {
        try (Server server = Server.http1(answer(200, "ok"));
                TestMesh mesh = TestMesh.to(server.port())) {
            BlockingQueue<Object> ended = new LinkedBlockingQueue<>();
            mesh.client().newCall(REVIEWS).enqueue(new Callback() {
                @Override
                public void onFailure(Call call, IOException e) {
                    ended.add(e);
                }

                @Override
                public void onResponse(Call call, Response response) throws IOException {
                    ended.add(response.body().string());
                }
            });
            assertThat(ended.poll(5, TimeUnit.SECONDS)).isEqualTo("ok");
        }
    }

    @Test
    void aRouteChangesPathAndAuthorityOnTheWireOnly() throws Exception {
        Rewrite rewrite =
                new Rewrite(new Rewrite.ReplaceMatched(2, "/new"), new Rewrite.Literal("other.example"), false);
        try (Server server = Server.http1(answer(200, ""));
                TestMesh mesh = TestMesh.to(server.port()).rewrite(rewrite);
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(server.next().getUrl()).hasToString("http://other.example/new?q=1");
            assertThat(response.request().url()).isEqualTo(REVIEWS.url());
            assertThat(PathMatcher.end("/x?q=1")).isEqualTo(2);
        }
    }

    @Test
    void anEndpointThatRefusesConnectionsIsEnvoysLocalReply() throws Exception {
        try (TestMesh mesh = TestMesh.to(closedPort());
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(response.body().string())
                    .startsWith("upstream connect error or disconnect/reset before headers. reset reason: remote"
                            + " connection failure");
            MeshOutcome outcome = MeshOutcome.of(response).orElseThrow();
            assertThat(outcome.flags()).containsExactly(ResponseFlag.UF);
            assertThat(outcome.localReply()).isNotNull();
            assertThat(mesh.cluster().connections().get()).isZero();
        }
    }

    @Test
    void aLocalReplyIsThrownWhereTheApplicationWantsIt() throws Exception {
        try (TestMesh mesh = TestMesh.to(closedPort()).throwing()) {
            assertThatThrownBy(() -> mesh.client().newCall(REVIEWS).execute())
                    .isInstanceOfSatisfying(LocalReplyException.class, e -> {
                        assertThat(e.flag()).contains(ResponseFlag.UF);
                        assertThat(e.status()).isEqualTo(503);
                    });
        }
    }

    @Test
    void anAttemptThatFailedToConnectIsMadeElsewhere() throws Exception {
        try (Server server = Server.http1().always(answer(200, "ok"));
                TestMesh mesh = TestMesh.to(closedPort(), server.port()).retries(1, RetryOn.CONNECT_FAILURE)) {
            for (int i = 0; i < 4; i++) {
                try (Response response = mesh.client().newCall(REVIEWS).execute()) {
                    assertThat(response.code()).isEqualTo(200);
                }
            }
            assertThat(server.count()).isEqualTo(4);
        }
    }

    @Test
    void aBodyThatCanBeWrittenOnceIsNeverSentTwice() throws Exception {
        try (Server server = Server.http1().always(answer(503, "busy"));
                TestMesh mesh = TestMesh.to(server.port()).retries(3, RetryOn.FIVE_XX)) {
            try (Response response = mesh.client()
                    .newCall(REVIEWS.newBuilder().post(body(true)).build())
                    .execute()) {
                assertThat(response.body().string()).isEqualTo("busy");
                assertThat(server.count()).isOne();
            }
            try (Response response = mesh.client()
                    .newCall(REVIEWS.newBuilder().post(body(false)).build())
                    .execute()) {
                assertThat(response.code()).isEqualTo(503);
                assertThat(server.count()).isEqualTo(1 + 4);
            }
        }
    }

    @Test
    void whatIsAboveTheClustersThresholdOverflows() throws Exception {
        MockResponse slow = new MockResponse.Builder()
                .body("0123456789")
                .throttleBody(5, 1, TimeUnit.SECONDS)
                .build();
        try (Server server = Server.http1(slow);
                TestMesh mesh = TestMesh.to(server.port()).thresholds(new Thresholds(1024, 1024, 1, 3, null));
                Response first = mesh.client().newCall(REVIEWS).execute();
                Response second = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(MeshOutcome.of(second).orElseThrow().flags()).containsExactly(ResponseFlag.UO);
            assertThat(server.count()).isOne();
            assertThat(first.body().string()).hasSize(10);
        }
    }

    @Test
    void anExceptionOfTheApplicationsOwnCodeIsItsOwn() throws Exception {
        OkHttpClient application = new OkHttpClient.Builder()
                .addNetworkInterceptor(chain -> {
                    throw new IOException("mine");
                })
                .build();
        try (Server server = Server.http1().always(answer(200, ""));
                TestMesh mesh = TestMesh.to(server.port())) {
            assertThatThrownBy(() -> mesh.client(application).newCall(REVIEWS).execute())
                    .isInstanceOf(IOException.class)
                    .hasMessage("mine");
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    @Test
    void hostsOutsideTheMeshAreCalledAsIfThereWereNone() throws Exception {
        try (Server server = Server.http1().always(answer(200, "outside"));
                TestMesh mesh = TestMesh.to().passThrough();
                Response response = mesh.client()
                        .newCall(new Request.Builder()
                                .url("http://127.0.0.1:" + server.port() + "/")
                                .build())
                        .execute()) {
            assertThat(response.body().string()).isEqualTo("outside");
        }
    }

    @Test
    void aHostOutsideTheMeshThatRefusesConnectionsIsUfToo() throws Exception {
        try (TestMesh mesh = TestMesh.to().passThrough();
                Response response = mesh.client()
                        .newCall(new Request.Builder()
                                .url("http://127.0.0.1:" + closedPort() + "/")
                                .build())
                        .execute()) {
            assertThat(MeshOutcome.of(response).orElseThrow().flags()).containsExactly(ResponseFlag.UF);
        }
    }

    @Test
    void twoOkHttpsOnTheClassPathAreRefusedWithASentence(@TempDir Path folder) throws Exception {
        for (String jar : new String[] {"four", "five"}) {
            Path file = folder.resolve(jar).resolve("okhttp3/OkHttpClient.class");
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[] {1});
        }
        URL[] both = {
            folder.resolve("four").toUri().toURL(),
            folder.resolve("five").toUri().toURL()
        };
        try (URLClassLoader two = new URLClassLoader(both, null);
                URLClassLoader one = new URLClassLoader(new URL[] {both[0]}, null)) {
            assertThatThrownBy(() -> OkHttpMesh.requireOneOkHttp(two))
                    .isInstanceOf(MeshConfigurationException.class)
                    .hasMessageContaining("more than one OkHttp");
            OkHttpMesh.requireOneOkHttp(one);
        }
    }

    static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static RequestBody body(boolean oneShot) {
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get("text/plain");
            }

            @Override
            public boolean isOneShot() {
                return oneShot;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8("once");
            }
        };
    }
}
