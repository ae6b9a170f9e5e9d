package io.inmesh.client.admin;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.IdentitySource;
import io.inmesh.client.Mesh;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A mesh from files, with an identity and an admin endpoint. */
final class RunningMesh implements AutoCloseable {

    final WorkloadIdentity identity = TestPki.create().identity("shop", "web");
    final Mesh mesh;
    private final HttpClient http = HttpClient.newHttpClient();

    RunningMesh(Path files) {
        mesh = Mesh.builder()
                .files(files)
                .identity(new FixedIdentity(identity))
                .adminPort(0)
                .build();
    }

    HttpResponse<String> ask(String pathAndQuery) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + mesh.adminPort().orElseThrow() + pathAndQuery);
        return http.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    String get(String pathAndQuery) throws IOException, InterruptedException {
        return ask(pathAndQuery).body();
    }

    @Override
    public void close() {
        mesh.close();
    }

    /** One identity for ever. */
    private record FixedIdentity(WorkloadIdentity identity) implements IdentitySource {

        @Override
        public void start(Consumer<WorkloadIdentity> consumer) {
            consumer.accept(identity);
        }

        @Override
        public void close() {}
    }
}
