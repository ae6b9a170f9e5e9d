package io.inmesh.client.adapter.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.client.server.TomcatServer;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.RawHttp;
import io.inmesh.client.testing.Tls;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What Spring Boot does for `server.shutdown=graceful`: close the port, let requests end, stop. */
class GracefulShutdownTest {

    @Test
    void anOpenRequestEndsWhileNoNewConnectionIsTaken() throws Exception {
        TestPki pki = TestPki.create();
        try (TomcatServer server = new TomcatServer(
                pki.identity("default", "httpbin"), protocol -> protocol.setProperty("bindOnInit", "false"))) {
            server.with(InboundListeners::permissive);
            int port = server.port();
            try (RawHttp mutual =
                            new RawHttp(Tls.connect(port, pki.identity("default", "frontend"), "istio-http/1.1"));
                    RawHttp plain = RawHttp.plaintext(port)) {
                mutual.send("GET /hold HTTP/1.1\r\nHost: httpbin\r\n\r\n");
                plain.send("GET /hold HTTP/1.1\r\nHost: httpbin\r\n\r\n");
                await(() -> server.requests.get() == 2);

                server.connector().pause();
                server.connector().getProtocolHandler().closeServerSocketGraceful();

                await(() -> refused(port));
                server.released.countDown();
                assertThat(mutual.answer()).contains("served", "secure=true");
                assertThat(plain.answer()).contains("served", "secure=false");
            }
            assertThatThrownBy(() -> RawHttp.plaintext(port)).isInstanceOf(IOException.class);
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
