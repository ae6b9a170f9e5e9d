package io.inmesh.client.adapter.okhttp;

import static io.inmesh.client.adapter.okhttp.Server.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import okhttp3.Cache;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application has set on its client stays its own; what OkHttp would do below us does not happen. */
class AboveTheMeshTest {

    private static final Request REVIEWS =
            new Request.Builder().url("http://reviews:9080/x").build();

    @Test
    void aRedirectGoesThroughTheMeshAgainWithLogicalUrls() throws Exception {
        MockResponse moved = new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "http://ratings:7070/y")
                .build();
        try (Server server = Server.http1(moved, answer(200, "there"));
                TestMesh mesh = TestMesh.to(server.port());
                Response response = mesh.client()
                        .newCall(REVIEWS.newBuilder()
                                .header("Authorization", "secret")
                                .post(RequestBody.create(new byte[3]))
                                .build())
                        .execute()) {
            assertThat(response.body().string()).isEqualTo("there");
            assertThat(response.request().url()).hasToString("http://ratings:7070/y");
            assertThat(response.priorResponse().code()).isEqualTo(302);
            assertThat(server.next().getHeaders().get("Authorization")).isEqualTo("secret");
            var second = server.next();
            assertThat(second.getUrl()).hasToString("http://ratings:7070/y");
            assertThat(second.getMethod()).isEqualTo("GET");
            assertThat(second.getHeaders().get("Authorization")).isNull();
            assertThat(second.getHeaders().get("Content-Length")).isNull();
        }
    }

    @Test
    void redirectsThatTheApplicationDoesNotFollowAreNotFollowed() throws Exception {
        MockResponse moved =
                new MockResponse.Builder().code(302).addHeader("Location", "/y").build();
        OkHttpClient application =
                new OkHttpClient.Builder().followRedirects(false).build();
        try (Server server = Server.http1(moved);
                TestMesh mesh = TestMesh.to(server.port());
                Response response = mesh.client(application).newCall(REVIEWS).execute()) {
            assertThat(response.code()).isEqualTo(302);
            assertThat(server.count()).isOne();
        }
    }

    @Test
    void theAuthenticatorAnswersA401() throws Exception {
        OkHttpClient application = new OkHttpClient.Builder()
                .authenticator((route, response) -> response.request()
                        .newBuilder()
                        .header("Authorization", "token")
                        .build())
                .build();
        try (Server server = Server.http1(answer(401, ""), answer(200, "in"));
                TestMesh mesh = TestMesh.to(server.port());
                Response response = mesh.client(application).newCall(REVIEWS).execute()) {
            assertThat(response.body().string()).isEqualTo("in");
            server.next();
            assertThat(server.next().getHeaders().get("Authorization")).isEqualTo("token");
        }
    }

    @Test
    void okHttpsOwnRepetitionsAreOff() throws Exception {
        MockResponse now = new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "0")
                .build();
        try (Server server = Server.http1(now, answer(408, ""), answer(200, "never"));
                TestMesh mesh = TestMesh.to(server.port())) {
            try (Response response = mesh.client().newCall(REVIEWS).execute()) {
                assertThat(response.code()).isEqualTo(503);
                assertThat(response.header("Retry-After")).isEqualTo("0");
            }
            try (Response response = mesh.client().newCall(REVIEWS).execute()) {
                assertThat(response.code()).isEqualTo(408);
            }
            assertThat(server.count()).isEqualTo(2);
        }
    }

    @Test
    void cookiesBelongToLogicalHosts() throws Exception {
        AtomicReference<HttpUrl> savedFor = new AtomicReference<>();
        OkHttpClient application = new OkHttpClient.Builder()
                .cookieJar(new CookieJar() {
                    @Override
                    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
                        savedFor.set(url);
                    }

                    @Override
                    public List<Cookie> loadForRequest(HttpUrl url) {
                        return List.of(new Cookie.Builder()
                                .domain("reviews")
                                .name("a")
                                .value("b")
                                .build());
                    }
                })
                .build();
        MockResponse setting = new MockResponse.Builder()
                .addHeader("Set-Cookie", "c=d; Path=/")
                .build();
        try (Server server = Server.http1(setting);
                TestMesh mesh = TestMesh.to(server.port());
                Response response = mesh.client(application).newCall(REVIEWS).execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(server.next().getHeaders().get("Cookie")).isEqualTo("a=b");
            assertThat(savedFor.get()).isEqualTo(REVIEWS.url());
        }
    }

    @Test
    void theCacheAnswersBeforeTheMesh(@TempDir Path folder) throws Exception {
        OkHttpClient application = new OkHttpClient.Builder()
                .cache(new Cache(folder.toFile(), 1 << 20))
                .build();
        MockResponse fresh = new MockResponse.Builder()
                .addHeader("Cache-Control", "max-age=60")
                .body("cached")
                .build();
        try (Server server = Server.http1(fresh);
                TestMesh mesh = TestMesh.to(server.port())) {
            for (int i = 0; i < 2; i++) {
                try (Response response =
                        mesh.client(application).newCall(REVIEWS).execute()) {
                    assertThat(response.body().string()).isEqualTo("cached");
                }
            }
            assertThat(server.count()).isOne();
            assertThat(application.cache().hitCount()).isOne();
        }
    }

    @Test
    void gzipIsTakenOffAsOkHttpDoes() throws Exception {
        okio.Buffer zipped = new okio.Buffer();
        try (okio.BufferedSink sink = okio.Okio.buffer(new okio.GzipSink(zipped))) {
            sink.writeUtf8("unzipped");
        }
        MockResponse gzip = new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(zipped)
                .build();
        try (Server server = Server.http1(gzip);
                TestMesh mesh = TestMesh.to(server.port());
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(response.body().string()).isEqualTo("unzipped");
            assertThat(server.next().getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
        }
    }

    @Test
    void aWebSocketOpensThroughTheMesh() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        MockResponse upgrade = new MockResponse.Builder()
                .webSocketUpgrade(new WebSocketListener() {
                    @Override
                    public void onMessage(WebSocket socket, String text) {
                        socket.send("echo " + text);
                        socket.close(1000, null);
                    }
                })
                .build();
        try (Server server = Server.http1(upgrade);
                TestMesh mesh = TestMesh.to(server.port()).http2()) {
            WebSocket socket = mesh.client().newWebSocket(REVIEWS, new WebSocketListener() {
                @Override
                public void onMessage(WebSocket webSocket, String text) {
                    heard.add(text);
                    webSocket.close(1000, null);
                }

                @Override
                public void onFailure(WebSocket webSocket, Throwable t, Response response) {
                    heard.add(t.toString());
                }
            });
            socket.send("hello");

            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("echo hello");
        }
    }
}
