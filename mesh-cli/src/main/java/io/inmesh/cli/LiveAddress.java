package io.inmesh.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a running process answers questions: {@code host:port} or a port of this machine. Immutable. */
record LiveAddress(String host, int port) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Reads what was written on the command line. */
    static final class Converter implements ITypeConverter<LiveAddress> {

        @Override
        public LiveAddress convert(String value) {
            int colon = value.lastIndexOf(':');
            String host = colon < 0 ? "localhost" : value.substring(0, colon);
            try {
                int port = Integer.parseInt(value.substring(colon + 1));
                if (port > 0 && port < 65_536 && !host.isEmpty()) {
                    return new LiveAddress(host, port);
                }
            } catch (NumberFormatException notAPort) {
                // the message below says it
            }
            throw new TypeConversionException("'" + value + "' is not HOST:PORT");
        }
    }

    /** An answer with its status. */
    record Answer(int status, String body, Map<String, List<String>> headers) {}

    /**
     * What a page says.
     *
     * @throws IOException with a sentence if nobody answers or the answer is a refusal
     */
    String read(String path, Map<String, List<String>> query) throws IOException {
        Answer answer = ask(path, query);
        if (answer.status() != 200) {
            throw new IOException(this + path + " answers " + answer.status() + ": "
                    + answer.body().lines().findFirst().orElse(""));
        }
        return answer.body();
    }

    /**
     * What a page answers, whatever its status.
     *
     * @throws IOException with a sentence if nobody answers
     */
    Answer ask(String path, Map<String, List<String>> query) throws IOException {
        String parameters = query.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> entry.getKey() + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
        URI uri = URI.create("http://" + this + path + (parameters.isEmpty() ? "" : "?" + parameters));
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(
                    response.statusCode(), response.body(), response.headers().map());
        } catch (IOException e) {
            throw new IOException(
                    "nobody answers at " + this + ": is the admin port open (mesh.admin.port), and forwarded?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + this, e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
