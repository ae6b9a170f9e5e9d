package io.inmesh.conformance.side;

import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.Mesh;
import io.inmesh.client.MeshBuilder;
import io.inmesh.client.adapter.dns.DnsNames;
import io.inmesh.conformance.config.Callers;
import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.DiscoveryFiles;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;

/** {@code mesh.okHttp(client)}, with a client that leaves redirects to the application, as Envoy does. */
final class OkHttpCaller implements Caller {

    private static final Duration READY = Duration.ofSeconds(10);

    private final Mesh mesh;
    private final OkHttpClient client;

    OkHttpCaller(
            Configuration configuration, Heard heard, RandomGenerator chance, Optional<InetSocketAddress> nameServer) {
        MeshBuilder builder = Mesh.builder();
        Callers.place(configuration).ifPresent(place -> builder.locality(place.get(0), place.get(1), place.get(2)));
        nameServer.ifPresent(
                server -> builder.nameResolver(DnsNames.at(List.of(server), MeshClock.system(), new SecureRandom())));
        mesh = builder.files(DiscoveryFiles.write(configuration, folder()))
                .listener(heard)
                .random(chance)
                .address("127.0.0.1")
                .retrySafety(false)
                .deadlines(false)
                .build();
        try {
            mesh.awaitReady(READY);
        } catch (MeshNotReadyException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        client = mesh.okHttp(new OkHttpClient.Builder().followRedirects(false).build());
    }

    @Override
    public Response call(Request request) throws IOException {
        return OkHttpMessages.call(client, request);
    }

    @Override
    public void close() {
        mesh.close();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("inmesh-conformance");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
