package io.inmesh.client.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.RawHttp;
import io.inmesh.client.testing.RawTls;
import io.inmesh.client.testing.Tls;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile and odd first bytes: what they open is what they would open in one piece, or nothing (CVE-2026-75595, CVE-2026-75596). */
@ParameterizedClass
@EnumSource(ServerKind.class)
class OpeningTest {

    private static final String REQUEST = "GET /x HTTP/1.1\r\nHost: httpbin\r\n\r\n";
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final TestPki pki = TestPki.create();
    private final WorkloadIdentity frontend = pki.identity("default", "frontend");
    private final MeshedServer server;

    OpeningTest(ServerKind kind) {
        server = kind.start(pki.identity("default", "httpbin"), LIMIT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "3, true", "4, false", "5, false", "64, true", "16384, true"})
    void aClientHelloInPiecesIsTheSameClientHello(int recordLength, boolean byteByByte) throws Exception {
        server.with(InboundListeners::permissive);
        SSLEngine engine = Tls.engine(frontend, "istio-http/1.1", "istio", "http/1.1");

        try (RawTls caller = new RawTls(server.port(), engine, byteByByte)) {
            caller.handshake(hello -> RawTls.inRecordsOf(hello, recordLength));

            assertThat(caller.exchange(REQUEST, "uri=/x"))
                    .contains("secure=true", "spiffe://cluster.local/ns/default/sa/frontend");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void aClientHelloInPiecesWithoutACertificateIsRefusedLikeAWholeOne(int recordLength) throws Exception {
        server.with(InboundListeners::permissive);
        SSLEngine engine = Tls.engine(null, "istio-http/1.1", "istio", "http/1.1");

        try (RawTls caller = new RawTls(server.port(), engine, true)) {
            assertThatThrownBy(() -> {
                        caller.handshake(hello -> RawTls.inRecordsOf(hello, recordLength));
                        caller.exchange(REQUEST, "served");
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void requestsInBytesOfTheirOwnAreServedOnEitherTransport() throws Exception {
        server.with(InboundListeners::permissive);

        try (RawTls mutual = new RawTls(server.port(), Tls.engine(frontend, "istio-http/1.1"), true)) {
            mutual.handshake(UnaryOperator.identity());
            assertThat(mutual.exchange(REQUEST, "uri=/x")).contains("secure=true");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setTcpNoDelay(true);
            RawHttp plain = new RawHttp(socket);
            for (int i = 0; i < REQUEST.length(); i++) {
                plain.send(REQUEST.substring(i, i + 1));
            }
            assertThat(plain.answer()).contains("served", "secure=false");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1603010005deadbeef00", // garbage in a handshake record
                "1603010000", // an empty record
                "16030100040100ffff", // a hello of 64 KiB announced
                "16030100040200ffff", // a ServerHello
                "1603010002010015030100020100", // an alert in the midst of the hello
                "802e0100020015000000104f", // SSLv2
                "0d0a0d0a000d0a515549540a2111", // PROXY protocol v2
                "504f5354", // the beginning of POST, then silence
                "16" // the beginning of TLS, then silence
            })
    void whatIsNeitherTlsNorHttpIsClosedAndNeverServed(String hex) throws Exception {
        server.with(InboundListeners::permissive);

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) LIMIT.multipliedBy(30).toMillis());
            socket.getOutputStream().write(HexFormat.of().parseHex(hex));
            socket.shutdownOutput();
            String answer = new RawHttp(socket).answer();
            assertThat(answer).doesNotContain("served");
        }
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void aConnectionThatDripsItsHelloIsClosedInTime() throws Exception {
        server.with(InboundListeners::strict);
        long start = MeshClock.system().nanoTime();

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            byte[] record = {22, 3, 1, 1, 0, 1, 0, 0, (byte) 0xfc};
            socket.getOutputStream().write(record);
            assertThat(closedWhileDripping(socket)).isTrue();
        }
        Duration taken = Duration.ofNanos(MeshClock.system().nanoTime() - start);
        assertThat(taken).isBetween(LIMIT.minusMillis(100), LIMIT.plusSeconds(8));
    }

    /** One byte each time the server has been silent for a while. */
    private static boolean closedWhileDripping(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        for (int i = 0; i < 150; i++) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (java.net.SocketTimeoutException e) {
                socket.getOutputStream().write(0);
            } catch (java.net.SocketException e) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aHelloOfMoreThan16KibibytesIsRefused() throws Exception {
        server.with(InboundListeners::permissive);
        byte[] huge = new byte[17_000];
        Arrays.fill(huge, (byte) 'a');
        byte[] header = {22, 3, 1, 0x40, 0, 1, 0, 0x42, 0x60};

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(header);
            assertThat(new RawHttp(socket).answer()).isEmpty();
        }
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void aPeerThatBeginsARenegotiationIsCutOff() throws Exception {
        server.with(InboundListeners::strict);
        SSLEngine engine = Tls.engine(frontend, "istio-http/1.1");
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.2"});
        engine.setSSLParameters(parameters);

        try (RawTls caller = new RawTls(server.port(), engine, false)) {
            caller.handshake(UnaryOperator.identity());
            assertThat(caller.exchange(REQUEST, "uri=/x")).contains("served");
            caller.renegotiate();
            assertThatThrownBy(() -> {
                        while (true) {
                            caller.unwrap();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(server.requests).hasValue(1);
    }

    @Test
    void oldVersionsOfTlsAreRefused() throws Exception {
        server.with(InboundListeners::strict);
        SSLEngine engine = Tls.engine(frontend, "istio-http/1.1");

        try (RawTls caller = new RawTls(server.port(), engine, false)) {
            // TLS 1.1 as the only version: neither legacy_version nor an extension offers more.
            assertThatThrownBy(() -> caller.handshake(OpeningTest::asTls11)).isInstanceOf(IOException.class);
        }
        assertThat(server.requests).hasValue(0);
    }

    private static byte[] asTls11(byte[] hello) {
        byte[] old = hello.clone();
        old[10] = 2;
        String hex = HexFormat.of().formatHex(old).replaceFirst("002b0005040304", "fafa0005040304");
        byte[] changed = HexFormat.of().parseHex(hex);
        assertThat(new String(changed, StandardCharsets.ISO_8859_1))
                .isNotEqualTo(new String(hello, StandardCharsets.ISO_8859_1));
        return changed;
    }
}
