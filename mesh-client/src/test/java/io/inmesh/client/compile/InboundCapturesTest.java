package io.inmesh.client.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.pipeline.InboundDecision;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.testing.Requests;
import io.inmesh.testkit.Peers;
import io.inmesh.testkit.TestTokens;
import io.inmesh.xds.decode.ResourceDecoder;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/** The inbound listeners of a real istiod, enforced as they were captured. */
class InboundCapturesTest {

    private static final String FRONTEND = "spiffe://cluster.local/ns/default/sa/frontend";
    private static final String OTHER = "spiffe://cluster.local/ns/default/sa/other";

    private final InboundHolder holder = new InboundHolder();
    private final InboundPipeline pipeline =
            new InboundPipeline(holder, settings -> Optional.of(engine()), null, MeshClock.system());

    @Test
    void strictTakesMutualTlsOnlyAndEnforcesTheTutorialsPolicy() throws Exception {
        assertThat(publish("httpbin-server-strict")).isEmpty();

        assertThat(open(Requests.plaintext(8080))).isEqualTo("Refused");
        assertThat(open(tls(8080, "istio-http/1.1", "istio", "http/1.1"))).isEqualTo("Tls");
        assertThat(open(tls(8080, "h2"))).isEqualTo("Tls");
        assertThat(open(tls(8080))).isEqualTo("Tls");
        assertThat(open(Requests.plaintext(15006))).isEqualTo("Refused");
        assertThat(open(tls(15006, "istio-http/1.1"))).isEqualTo("Refused");
        assertThat(decide(FRONTEND, "GET", "/api/x")).isEqualTo("Proceed");
        assertThat(decide(FRONTEND, "POST", "/api/x")).isEqualTo("Proceed");
        assertThat(decide(FRONTEND, "PUT", "/api/x")).isEqualTo("403 none");
        assertThat(decide(FRONTEND, "GET", "/other")).isEqualTo("403 none");
        assertThat(decide(FRONTEND, "GET", "/x/../api/y")).isEqualTo("Proceed");
        assertThat(decide(FRONTEND, "GET", "/api/../other")).isEqualTo("403 none");
        assertThat(decide(OTHER, "GET", "/api/x")).isEqualTo("403 none");
    }

    @Test
    void permissiveTakesIstiosTlsAndPlaintextAndNothingElse() throws Exception {
        assertThat(publish("httpbin-server-permissive")).isEmpty();

        assertThat(open(Requests.plaintext(8080))).isEqualTo("Plaintext");
        assertThat(open(tls(8080, "istio-h2", "istio", "h2"))).isEqualTo("Tls");
        assertThat(open(tls(8080, "istio-peer-exchange", "istio"))).isEqualTo("Tls");
        assertThat(open(tls(8080, "h2", "http/1.1"))).isEqualTo("Refused");
        assertThat(open(tls(8080))).isEqualTo("Refused");
        // A port that no service names: HTTP is told by its first bytes, other TLS passes through and so is not ours.
        assertThat(open(Requests.plaintext(9999))).isEqualTo("Plaintext");
        assertThat(open(tls(9999, "istio-http/1.1"))).isEqualTo("Tls");
        assertThat(open(tls(9999, "http/1.1"))).isEqualTo("Refused");
        assertThat(decide(Requests.plaintext(8080), "GET", "/api/x"))
                .as("nobody is authenticated")
                .isEqualTo("403 none");
        assertThat(decide(FRONTEND, "GET", "/api/x")).isEqualTo("Proceed");
    }

    @Test
    void tokensAreChecked() throws Exception {
        assertThat(publish("api-server-jwt")).isEmpty();

        assertThat(decide(FRONTEND, "GET", "/")).as("no request principal").isEqualTo("403 none");
        InboundDecision.Reply denied = (InboundDecision.Reply) pipeline.decide(
                Requests.mutualTls(8080, FRONTEND),
                Requests.get(
                        "/",
                        "authorization: Bearer "
                                + TestTokens.rsa("k1").token("{\"iss\":\"https://accounts.google.com\"}")));
        assertThat(denied.denial().filter()).isEqualTo("envoy.filters.http.jwt_authn");
        assertThat(denied.reply().status()).isEqualTo(401);
        assertThat(denied.reply().body()).isEqualTo("Jwt verification fails");
    }

    @Test
    void portLevelModesHoldForTheirPorts() throws Exception {
        publish("cap-authz");

        assertThat(open(Requests.plaintext(8080))).isEqualTo("Refused");
        assertThat(open(tls(8080, "h2"))).isEqualTo("Tls");
        assertThat(open(Requests.plaintext(7000))).isEqualTo("Plaintext");
        assertThat(open(tls(7000, "istio-http/1.1"))).isEqualTo("Refused");
        assertThat(open(Requests.plaintext(9090))).isEqualTo("Plaintext");
        assertThat(open(tls(9090, "istio-h2"))).isEqualTo("Tls");
        assertThat(open(tls(9000, "istio"))).as("a TCP port").isEqualTo("Refused");
    }

    private List<String> publish(String folder) throws IOException {
        Path file = Peers.shared("istiod-captures").resolve(folder).resolve("Listener.pb");
        Message response = Message.parse(DiscoveryResponse.TYPE, Files.readAllBytes(file));
        List<Listener> listeners = new ArrayList<>();
        for (Message any : response.get(DiscoveryResponse.RESOURCES)) {
            listeners.add(ResourceDecoder.LISTENERS.decode(any.get(Any.VALUE)).orThrow());
        }
        InboundCompiler.Result result = InboundCompiler.compile(listeners, MeshClock.system(), KeySources.NONE);
        holder.publish(result.snapshot());
        return result.unsupported();
    }

    private String open(InboundConnection connection) {
        return pipeline.open(connection).getClass().getSimpleName();
    }

    private String decide(String caller, String method, String path) {
        return decide(Requests.mutualTls(8080, caller), method, path);
    }

    private String decide(InboundConnection connection, String method, String path) {
        InboundDecision decision = pipeline.decide(connection, Requests.request(method, "httpbin", path));
        return decision instanceof InboundDecision.Reply reply
                ? reply.reply().status() + " " + reply.denial().policy()
                : decision.getClass().getSimpleName();
    }

    private static InboundConnection tls(int port, String... protocols) {
        return InboundConnection.tls(
                Requests.address("10.0.0.1", port), Requests.address("10.244.0.9", 40_000), null, List.of(protocols));
    }

    private static SSLEngine engine() {
        try {
            return SSLContext.getDefault().createSSLEngine();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
