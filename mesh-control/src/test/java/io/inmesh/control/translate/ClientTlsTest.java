package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.TrustDomain;
import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.tls.TransportSocket;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whom a caller expects, and by which name it calls: what a DestinationRule's {@code tls} and automatic mTLS make of a cluster. */
class ClientTlsTest {

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: shop}
            spec: {clusterIP: 10.9.0.1, selector: {app: a}, ports: [{name: http, port: 80}]}
            ---
            """;
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: a-1, namespace: shop, labels: {app: a, security.istio.io/tlsMode: istio}}
            spec: {serviceAccountName: cart, containers: [{name: a}]}
            status: {podIP: 10.0.0.1}
            ---
            """;

    @Test
    void automaticMutualTlsExpectsTheEndpointsAccounts() {
        UpstreamTls tls = automatic(cluster(SERVICE + POD, MeshSettings.DEFAULT));

        assertThat(names(tls)).containsExactly("spiffe://cluster.local/ns/shop/sa/cart");
        assertThat(tls.sni()).isEqualTo("outbound_.80_._.a.shop.svc.cluster.local");
    }

    @Test
    void anAccountIsExpectedUnderEveryNameOfTheTrustDomain() {
        MeshSettings aliased = MeshSettings.DEFAULT.withTrustDomain(
                new TrustDomain("mesh.example"), List.of(new TrustDomain("old.example")));

        assertThat(names(automatic(cluster(SERVICE + POD, aliased))))
                .containsExactly("spiffe://mesh.example/ns/shop/sa/cart", "spiffe://old.example/ns/shop/sa/cart");
    }

    @Test
    void whereNobodyIsKnownAnybodyOfTheTrustBundleIsExpected() {
        assertThat(names(automatic(cluster(SERVICE, MeshSettings.DEFAULT)))).isEmpty();
    }

    @Test
    void aRuleSaysNamesAndServerNameItself() {
        UpstreamTls tls = (UpstreamTls) cluster(
                        SERVICE
                                + POD
                                + rule("{mode: ISTIO_MUTUAL, sni: other.example, subjectAltNames: [spiffe://x/y]}"),
                        MeshSettings.DEFAULT)
                .transport()
                .defaultSocket();

        assertThat(names(tls)).containsExactly("spiffe://x/y");
        assertThat(tls.sni()).isEqualTo("other.example");
        assertThat(tls.common().certificates()).isNotEmpty();
    }

    @Test
    void simpleShowsNoCertificateAndMutualThatOfItsFiles() {
        UpstreamTls simple = originated("{mode: SIMPLE, sni: pay.example, subjectAltNames: [pay.example]}");
        UpstreamTls mutual =
                originated("{mode: MUTUAL, clientCertificate: /c.pem, privateKey: /k.pem, caCertificates: /r.pem}");

        assertThat(simple.common().certificates()).isEmpty();
        assertThat(simple.sni()).isEqualTo("pay.example");
        assertThat(names(simple)).containsExactly("pay.example");
        assertThat(mutual.common().certificates()).hasSize(1);
    }

    @Test
    void disabledIsPlaintextWhateverTheEndpointsTake() {
        Cluster cluster = cluster(SERVICE + POD + rule("{mode: DISABLE}"), MeshSettings.DEFAULT);

        assertThat(cluster.transport().matches()).isEmpty();
        assertThat(cluster.transport().defaultSocket()).isInstanceOf(TransportSocket.Raw.class);
    }

    private static UpstreamTls originated(String tls) {
        return (UpstreamTls) cluster(SERVICE + POD + rule(tls), MeshSettings.DEFAULT)
                .transport()
                .defaultSocket();
    }

    private static UpstreamTls automatic(Cluster cluster) {
        assertThat(cluster.transport().matches()).hasSize(2);
        assertThat(cluster.transport().matches().get(1).socket()).isInstanceOf(TransportSocket.Raw.class);
        return (UpstreamTls) cluster.transport().matches().get(0).socket();
    }

    private static List<String> names(UpstreamTls tls) {
        return Objects.requireNonNull(tls.common().validation()).subjectAltNames().stream()
                .map(name -> ((StringMatch.Exact) name.match()).value())
                .toList();
    }

    private static String rule(String tls) {
        return """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: a, namespace: shop}
                spec: {host: a, trafficPolicy: {tls: %s}}
                """.formatted(tls);
    }

    private static Cluster cluster(String yaml, MeshSettings settings) {
        return Simulation.resources(Yaml.of(yaml), settings, Simulation.proxy("shop", "client", Map.of()))
                .clusters()
                .byName()
                .get("outbound|80||a.shop.svc.cluster.local");
    }
}
