package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestPki;
import io.inmesh.testkit.TestTls;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** What a call through the mesh costs the collector on the caller's thread, beside OkHttp alone. */
class CallCostTest {

    private static final double GOAL = 1.06;

    /** A ratchet: what it is now, with a little room. */
    private static final double LIMIT = 800;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aCallCostsFewBytesMoreThanOkHttpAlone() throws IOException {
        try (AnsweringServer server = new AnsweringServer();
                TestMesh mesh = TestMesh.to(server.port())) {
            compare("plaintext", new OkHttpClient(), "http", server, mesh);
        }
    }

    @Test
    void soItDoesOverMutualTls() throws IOException {
        TestPki pki = TestPki.create();
        WorkloadIdentity caller = pki.identity("default", "productpage");
        WorkloadIdentity reviews = pki.identity("default", "reviews");
        OkHttpClient bare = new OkHttpClient.Builder()
                .sslSocketFactory(TestTls.believing(caller).getSocketFactory(), new Believing())
                .hostnameVerifier((name, session) -> true)
                .protocols(List.of(Protocol.HTTP_1_1))
                .build();
        try (AnsweringServer server = new AnsweringServer(TestTls.of(reviews).getServerSocketFactory());
                TestMesh mesh = TestMesh.to(server.port())
                        .tls(MutualTlsCallsTest.tls(reviews.id().uri()), caller)) {
            compare("mutual TLS", bare, "https", server, mesh);
        }
    }

    private static void compare(String what, OkHttpClient client, String scheme, AnsweringServer server, TestMesh mesh)
            throws IOException {
        Request request = new Request.Builder()
                .url(scheme + "://127.0.0.1:" + server.port() + "/x")
                .header("x-envoy-attempt-count", "1")
                .header("x-forwarded-proto", "http")
                .header("x-request-id", "5a8f4f5e-7d1e-4b7e-9f57-0f3e8f1c2b3a")
                .build();
        double bare = bytes(client, request);
        double meshed =
                bytes(mesh.client(), new Request.Builder().url("http://test/x").build());
        if (Boolean.getBoolean("mesh.verdict")) {
            printVerdict(what, meshed / bare);
        }
        assertThat(meshed - bare).as("of %.0f and %.0f bytes", meshed, bare).isLessThan(LIMIT);
    }

    /** For {@code benchmarks/run allocation}. */
    private static void printVerdict(String what, double ratio) {
        System.out.printf(
                Locale.ROOT,
                "{\"name\":\"allocation\",\"ratio\":%.2f,\"limit\":%.2f,\"unit\":\"times OkHttp alone, %s\",\"ok\":%b}%n",
                ratio,
                GOAL,
                what,
                ratio <= GOAL);
    }

    private static double bytes(OkHttpClient client, Request request) throws IOException {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < 12; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                try (Response response = client.newCall(request).execute()) {
                    response.body().source().skip(1024);
                }
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / 1000.0);
        }
        return least;
    }

    /** OkHttp asks for one beside the sockets that bring their own. */
    private static final class Believing implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
