package io.inmesh.conformance.side;

import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.client.Mesh;
import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.DiscoveryFiles;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;

/** {@code mesh.okHttp(client)}, with a client that leaves redirects to the application, as Envoy does. */
final class OkHttpCaller implements Caller {

    private static final Duration READY = Duration.ofSeconds(10);

    private final Mesh mesh;
    private final OkHttpClient client;

    OkHttpCaller(Configuration configuration, Heard heard, RandomGenerator chance) {
        mesh = Mesh.builder()
                .files(DiscoveryFiles.write(configuration, folder()))
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

    static boolean canSay(Request request) {
        String url = url(request);
        HttpUrl parsed = HttpUrl.parse(url);
        return parsed != null && parsed.toString().equals(url);
    }

    @Override
    public Response call(Request request) throws IOException {
        okhttp3.Request.Builder builder = new okhttp3.Request.Builder().url(url(request));
        request.headers().forEach(header -> builder.addHeader(header.name(), header.value()));
        boolean hasBody =
                !request.body().isEmpty() || List.of("POST", "PUT", "PATCH").contains(request.method());
        builder.method(request.method(), hasBody ? RequestBody.create(request.body(), (MediaType) null) : null);
        try (okhttp3.Response response = client.newCall(builder.build()).execute()) {
            List<Header> headers = new ArrayList<>();
            for (int i = 0; i < response.headers().size(); i++) {
                headers.add(new Header(
                        response.headers().name(i), response.headers().value(i)));
            }
            return new Response(response.code(), headers, response.body().string());
        }
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

    private static String url(Request request) {
        return "http://" + request.authority() + request.path();
    }
}
