package io.inmesh.api.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentFetcherTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final SSLSocketFactory TLS = (SSLSocketFactory) SSLSocketFactory.getDefault();

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final ServerSocket server = listen();
    private final DocumentFetcher fetcher =
            new DocumentFetcher(FetchRule.publicAnd(InetAddress::isLoopbackAddress), TLS, MeshClock.system());
    private final DocumentFetcher careful = new DocumentFetcher(FetchRule.PUBLIC, TLS, MeshClock.system());

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aDocumentIsReadHoweverItIsFramed() throws IOException {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more");
        assertThat(fetcher.fetch(uri("/keys"), LIMIT)).isEqualTo("hello");
    }

    @Test
    void chunksArePutTogether() throws IOException {
        answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n");
        assertThat(fetcher.fetch(uri("/keys"), LIMIT)).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 503 Busy\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxx",
                "SSH-2.0-OpenSSH_9.2\r\n",
                ""
            })
    void whatIsNoDocumentFails(String answer) {
        answer(answer);
        assertThatThrownBy(() -> fetcher.fetch(uri("/"), LIMIT)).isInstanceOf(IOException.class);
    }

    @Test
    void aDocumentWithoutEndIsCutOff() {
        serve(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 4000; i++) {
                out.write(new byte[1024]);
            }
        });
        assertThatThrownBy(() -> fetcher.fetch(uri("/"), LIMIT)).hasMessage("the document is too large");
    }

    @Test
    void aServerThatNeverAnswersCostsNoMoreThanTheTimeout() {
        serve(out -> Thread.currentThread().join());
        assertThatThrownBy(() -> fetcher.fetch(uri("/"), Duration.ofMillis(200)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aRedirectIsFollowedUnlessItLeadsWhereNothingIsFetchedFrom() throws IOException {
        answer(
                "HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nkeys",
                "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n");
        assertThat(fetcher.fetch(uri("/"), LIMIT)).isEqualTo("keys");
        assertThatThrownBy(() -> fetcher.fetch(uri("/"), LIMIT)).hasMessageContaining("169.254.169.254");
        assertThatThrownBy(() -> fetcher.fetch(uri("/"), LIMIT)).hasMessageContaining("no address of HTTP");
    }

    @Test
    void redirectsWithoutEndAreGivenUp() {
        answer(
                "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n".repeat(1),
                "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n");
        assertThatThrownBy(() -> fetcher.fetch(uri("/"), LIMIT)).hasMessageContaining("redirects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/",
                "http://localhost:PORT/",
                "http://[::1]:PORT/",
                "http://0x7f.1:PORT/",
                "http://2130706433:PORT/",
                "http://[::ffff:127.0.0.1]:PORT/",
                "http://user@127.0.0.1:PORT/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:PORT/",
                "http:///x"
            })
    void noConnectionIsMadeToTheMachineItself(String address) {
        answer("HTTP/1.1 200 OK\r\n\r\nsecret");
        URI uri = URI.create(address.replace("PORT", String.valueOf(server.getLocalPort())));

        assertThatThrownBy(() -> careful.fetch(uri, LIMIT)).isInstanceOf(IOException.class);
        assertThat(connections).hasValue(0);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    private void answer(String... answers) {
        AtomicInteger next = new AtomicInteger();
        serve(out -> out.write(answers[next.getAndIncrement()].getBytes(StandardCharsets.US_ASCII)));
    }

    private interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    /** Answers one connection after the other until the server is closed. */
    private void serve(Answer answer) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    connections.incrementAndGet();
                    readHead(socket);
                    answer.write(socket.getOutputStream());
                } catch (IOException | InterruptedException | RuntimeException over) {
                    failures.incrementAndGet();
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void readHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = socket.getInputStream().read();
            if (c < 0) {
                throw new IOException("no request");
            }
            head.append((char) c);
        }
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
