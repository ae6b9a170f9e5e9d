package io.inmesh.conformance.pair;

import io.inmesh.conformance.http.Connection;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.EnvoyTexts;
import io.inmesh.testkit.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** A stock Envoy with the cluster that Istio gives a caller of httpbin, ALPN as Istio's filter sets it. */
public final class EnvoyClient implements PairClient {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final EnvoyProcess envoy;

    /** Starts it. */
    public EnvoyClient(Pairing pairing, int port, PemFiles files) {
        boolean http2 = pairing.protocol() == Pairing.Protocol.HTTP2;
        String tls = pairing.credentials() == Pairing.Credentials.PLAINTEXT
                ? ""
                : EnvoyTexts.mutualTls(
                        files,
                        "outbound_.8000_._.httpbin.default.svc.cluster.local",
                        http2 ? "istio-h2, istio, h2" : "istio-http/1.1, istio, http/1.1",
                        "spiffe://cluster.local/ns/default/sa/httpbin");
        envoy = EnvoyProcess.start(new EnvoyTexts()
                .listener("out", EnvoyTexts.chain("", "", "route: {cluster: server}"))
                .cluster("server", port, http2, tls)
                .bootstrap());
    }

    @Override
    public Seen call() {
        InetSocketAddress listener = new InetSocketAddress(InetAddress.getLoopbackAddress(), envoy.port("out"));
        try (Connection connection = Connection.open(listener, LIMIT)) {
            Response response =
                    connection.exchange(new Request("GET", "/status/200", "httpbin:8000", List.of(), ""), LIMIT);
            return response.status() != 200
                    ? Seen.refused(response.status())
                    : new Seen(
                            200,
                            header(response, "x-proto"),
                            header(response, "x-peer"),
                            header(response, "x-forwarded"));
        } catch (IOException e) {
            throw new UncheckedIOException(envoy.logTail(), e);
        }
    }

    @Override
    public void close() {
        envoy.close();
    }

    private static String header(Response response, String name) {
        return Seen.orDash(Header.joined(response.headers(), name));
    }
}
