package io.inmesh.client.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.Policies;
import io.inmesh.client.testing.RawHttp2;
import io.inmesh.testkit.TestPki;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Header blocks of HTTP/2 that mean two things, or nothing (CVE-2026-33186, CVE-2021-21295, CVE-2026-48743). */
@ParameterizedClass
@EnumSource(ServerKind.class)
class Http2AttackInputsTest {

    private final ServerKind kind;
    private final MeshedServer server;

    Http2AttackInputsTest(ServerKind kind) {
        this.kind = kind;
        server = kind.start(TestPki.create().identity("default", "httpbin"));
        server.with(port -> InboundListeners.permissive(port, Policies.deny(Policies.pathPrefix("/admin"))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSoundRequestIsServed() throws Exception {
        assertThat(answer(":method", "GET", ":scheme", "http", ":authority", "httpbin", ":path", "/x"))
                .isEqualTo("headers");
        assertThat(server.requests).hasValue(1);
    }

    @Test
    void theSchemeOfAProxyInFrontIsNoMatter() throws Exception {
        assertThat(answer(":method", "GET", ":scheme", "https", ":authority", "httpbin", ":path", "/x"))
                .isEqualTo("headers");
        assertThat(server.requests).hasValue(1);
    }

    static List<Arguments> hostile() {
        return List.of(
                path("a path without a slash", "Service/Method"),
                path("an empty path", ""),
                path("a star", "*"),
                path("an absolute target", "http://other/x"),
                path("a fragment", "/x#f"),
                path("a denied path", "/admin"),
                path("a denied path behind slashes", "//admin"),
                path("a denied path behind dots", "/x/../admin"),
                path("a denied path with parameters", "/admin;a=b"),
                path("an escaped slash", "/x%2f..%2fadmin"),
                path("a line break in the path", "/x HTTP/1.1\r\nHost: a\r\n\r\nGET /admin"),
                fields("two hosts", "host", "other"),
                fields("two paths", ":path", "/admin"),
                fields("a pseudo header that is none", ":x", "y"),
                fields("a length that is none", "content-length", "+5"),
                fields("two lengths", "content-length", "0", "content-length", "1"),
                fields("chunks", "transfer-encoding", "chunked"),
                fields("a header of the hop", "connection", "close"),
                fields("capitals in a name", "X-Role", "user"),
                fields("a line break in a value", "x-role", "user\r\nx-role: admin"),
                fields("a null in a value", "x-role", "a\0b"),
                argumentSet(
                        "no method", (Object) new String[] {":scheme", "http", ":authority", "httpbin", ":path", "/x"}),
                argumentSet("no path", (Object)
                        new String[] {":method", "GET", ":scheme", "http", ":authority", "httpbin"}),
                argumentSet("a tunnel", (Object) new String[] {":method", "CONNECT", ":authority", "httpbin:80"}));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatHasTwoMeaningsIsNotServed(String[] fields) throws Exception {
        assertThat(answer(fields)).isIn("headers", "reset", "goaway", "closed");
        assertThat(server.requests).hasValue(0);
    }

    /** Jetty hands over what came, which is no body; no server behind it could take the next request for one. */
    @Test
    void aLengthWithoutABodyIsNotServedWhereTheServerTells() throws Exception {
        assumeThat(kind).isNotEqualTo(ServerKind.JETTY);
        String[] fields = {
            ":method", "GET", ":scheme", "http", ":authority", "httpbin", ":path", "/x", "content-length", "5"
        };
        assertThat(answer(fields)).isIn("headers", "reset", "goaway", "closed");
        assertThat(server.requests).hasValue(0);
    }

    private String answer(String... fields) throws Exception {
        try (RawHttp2 http = new RawHttp2(new Socket(InetAddress.getLoopbackAddress(), server.port()))) {
            return http.request(fields);
        }
    }

    private static Arguments path(String why, String path) {
        return argumentSet(why, (Object)
                new String[] {":method", "GET", ":scheme", "http", ":authority", "httpbin", ":path", path});
    }

    private static Arguments fields(String why, String... more) {
        String[] all = new String[8 + more.length];
        String[] sound = {":method", "GET", ":scheme", "http", ":authority", "httpbin", ":path", "/x"};
        System.arraycopy(sound, 0, all, 0, sound.length);
        System.arraycopy(more, 0, all, sound.length, more.length);
        return argumentSet(why, (Object) all);
    }
}
