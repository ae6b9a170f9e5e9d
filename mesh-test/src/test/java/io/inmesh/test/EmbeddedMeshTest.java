package io.inmesh.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.inmesh.client.Mesh;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMeshTest {

    private static final String GREETER = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: greeter, namespace: shop}
            spec:
              hosts: [greeter.test]
              location: MESH_EXTERNAL
              resolution: STATIC
              ports: [{number: 80, name: http, protocol: HTTP}]
              endpoints: [{address: 127.0.0.1, ports: {http: %d}}]
            """;
    private static final String FAULT = """
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: greeter, namespace: shop}
            spec:
              hosts: [greeter.test]
              http:
              - route: [{destination: {host: greeter.test}}]
                fault: {abort: {httpStatus: 418, percentage: {value: 100}}}
            """;

    @Test
    void aMemberHasAnIdentityAndFollowsPolicies(@TempDir Path folder) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        String services = GREETER.formatted(server.getAddress().getPort());
        try (EmbeddedMesh embedded = EmbeddedMesh.start(folder, services)) {
            Mesh mesh = embedded.join("shop", "storefront");
            OkHttpClient client = mesh.okHttp(new OkHttpClient());

            assertThat(mesh.state().identity()).contains("spiffe://cluster.local/ns/shop/sa/storefront");
            assertThat(status(client)).isEqualTo(204);

            embedded.apply(services + FAULT);

            assertThat(awaitStatus(client, 418)).isEqualTo(418);
            assertThat(embedded.properties("shop", "reviews")).containsEntry("mesh.workload.namespace", "shop");
        } finally {
            server.stop(0);
        }
    }

    private static int awaitStatus(OkHttpClient client, int wanted) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        int status = status(client);
        while (status != wanted && System.nanoTime() < end) {
            status = status(client);
        }
        return status;
    }

    private static int status(OkHttpClient client) throws IOException {
        Request request = new Request.Builder().url("http://greeter.test/").build();
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }
}
