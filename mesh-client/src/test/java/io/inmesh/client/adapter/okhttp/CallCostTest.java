package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import okhttp3.OkHttpClient;
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
            Request request = new Request.Builder()
                    .url("http://127.0.0.1:" + server.port() + "/x")
                    .header("x-envoy-attempt-count", "1")
                    .header("x-forwarded-proto", "http")
                    .header("x-request-id", "5a8f4f5e-7d1e-4b7e-9f57-0f3e8f1c2b3a")
                    .build();
            double bare = bytes(new OkHttpClient(), request);
            double meshed = bytes(
                    mesh.client(), new Request.Builder().url("http://test/x").build());
            if (Boolean.getBoolean("mesh.verdict")) {
                printVerdict(meshed / bare);
            }
            assertThat(meshed - bare).as("of %.0f and %.0f bytes", meshed, bare).isLessThan(LIMIT);
        }
    }

    /** For {@code benchmarks/run allocation}. */
    private static void printVerdict(double ratio) {
        System.out.printf(
                Locale.ROOT,
                "{\"name\":\"allocation\",\"ratio\":%.2f,\"limit\":%.2f,\"unit\":\"times OkHttp alone, plaintext\",\"ok\":%b}%n",
                ratio,
                GOAL,
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
}
