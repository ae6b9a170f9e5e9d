package io.inmesh.client.adapter.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.client.server.JettyServer;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.RawHttp;
import io.inmesh.client.testing.Tls;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is Jetty's own: its tree of handlers, its connectors, its way to stop. */
class MeshJettyTest {

    private final TestPki pki = TestPki.create();
    private final JettyServer server = new JettyServer(pki.identity("default", "httpbin"), connector -> {});

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aServerWhoseHandlersWouldHearOfRequestsFirstDoesNotStart() throws Exception {
        Server other = new Server();
        MeshConnector connector = MeshJetty.connector(other, 0, server.pipeline());
        other.addConnector(connector);

        other.setHandler(new DefaultHandler());
        assertThatThrownBy(other::start)
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageContaining("before the mesh's");
        other.stop();
        other.setHandler(new Handler.Sequence(new DefaultHandler(), new MeshHandler()));
        assertThatThrownBy(other::start).isInstanceOf(MeshConfigurationException.class);
        other.stop();
        other.setHandler(new StatisticsHandler(new MeshHandler()));
        other.start();
        other.stop();
    }

    @Test
    void aConnectorWithoutTheMeshReachesNoHandler() throws Exception {
        server.with(InboundListeners::permissive);
        ServerConnector open = new ServerConnector(server.jetty());
        open.setHost("127.0.0.1");
        server.jetty().addConnector(open);
        open.start();

        try (RawHttp http = RawHttp.plaintext(open.getLocalPort())) {
            assertThat(http.get("/")).isEmpty();
        }
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void aServerThatStopsAnswersOpenRequestsAndTakesNoNewConnection() throws Exception {
        server.with(InboundListeners::permissive);
        int port = server.port();
        try (RawHttp mutual = new RawHttp(Tls.connect(port, pki.identity("default", "frontend"), "istio-http/1.1"));
                RawHttp plain = RawHttp.plaintext(port)) {
            mutual.send("GET /hold HTTP/1.1\r\nHost: httpbin\r\n\r\n");
            plain.send("GET /hold HTTP/1.1\r\nHost: httpbin\r\n\r\n");
            await(() -> server.requests.get() == 2);

            MeshJetty.lastAnswers(server.connector());
            assertThat(MeshJetty.acceptNoMore(server.connector())).isEqualTo(2);
            await(() -> refused(port));
            server.released.countDown();
            assertThat(mutual.answer()).contains("served", "secure=true");
            assertThat(plain.answer()).contains("served", "secure=false");
            await(() -> MeshJetty.acceptNoMore(server.connector()) == 0);
            assertThat(mutual.get("/next")).contains("served", "Connection: close");
            assertThat(plain.get("/next")).contains("served", "Connection: close");
        }
    }

    private static boolean refused(int port) {
        try (RawHttp http = RawHttp.plaintext(port)) {
            return http == null;
        } catch (IOException e) {
            return true;
        }
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 300 && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
