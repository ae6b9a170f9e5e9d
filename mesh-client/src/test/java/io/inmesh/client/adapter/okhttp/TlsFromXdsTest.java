package io.inmesh.client.adapter.okhttp;

import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.IdentitySource;
import io.inmesh.client.Mesh;
import io.inmesh.client.fixture.Resources;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.TestPki;
import io.inmesh.xds.decode.Decoded;
import io.inmesh.xds.decode.ResourceDecoder;
import io.inmesh.xds.envoy.Clusters;
import io.inmesh.xds.envoy.Clusters.DiscoveryType;
import io.inmesh.xds.envoy.CoreBase;
import io.inmesh.xds.envoy.Matchers.StringMatcher;
import io.inmesh.xds.envoy.TransportSockets.CertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.CombinedCertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.CommonTlsContext;
import io.inmesh.xds.envoy.TransportSockets.SdsSecretConfig;
import io.inmesh.xds.envoy.TransportSockets.UpstreamTlsContext;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.state.ConfigSource;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes of a cluster as a control service sends them, and what a real Envoy sees of the connections that come of it. */
class TlsFromXdsTest {

    private static final TestPki PKI = TestPki.create();
    private static final WorkloadIdentity CALLER = PKI.identity("default", "productpage");
    private static final WorkloadIdentity REVIEWS = PKI.identity("default", "reviews");
    private static final String OTHER = "spiffe://cluster.local/ns/default/sa/ratings";
    private static final String SNI = "outbound_.80_._.reviews.default.svc.cluster.local";

    private final Source config = new Source();
    private @Nullable EnvoyProcess envoy;
    private @Nullable Mesh mesh;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        envoy = MutualTlsEnvoy.start(REVIEWS, folder);
        config.push(balanced(REVIEWS.id().uri()));
        mesh = Mesh.builder().config(config).identity(new Fixed()).build();
    }

    @AfterEach
    void stop() {
        if (mesh != null) {
            mesh.close();
        }
        if (envoy != null) {
            envoy.close();
        }
    }

    @Test
    void namesOfTheServerAreThoseOfTheClusterAndAChangeOfThemIsObeyedAtOnce() throws Exception {
        try (Response response = get("http://reviews/")) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.header("x-sni")).isEqualTo(SNI);
            assertThat(response.header("x-peer")).isEqualTo(CALLER.id().uri());
        }

        config.push(balanced(OTHER));
        assertThat(status("http://reviews/"))
                .as("neither the connection in the pool nor its TLS session vouches for the new names")
                .isEqualTo(503);
        assertThat(requests()).isOne();

        config.push(balanced(OTHER, REVIEWS.id().uri()));
        assertThat(status("http://reviews/")).isEqualTo(200);
    }

    @Test
    void withoutNamesAnybodyOfTheTrustBundleWillDoAndThatShows() throws Exception {
        config.push(balanced());

        assertThat(status("http://reviews/")).isEqualTo(200);
        assertThat(Objects.requireNonNull(mesh)
                        .explain(new Request.Builder().url("http://reviews/").build())
                        .text())
                .contains("MUTUAL as " + SNI, "expects any identity of the trust bundle");
    }

    @Test
    void anAddressThatTheCallerKeepsIsCalledWithTheClustersTls() throws Exception {
        String address = "http://127.0.0.1:" + port() + "/";
        config.push(kept(REVIEWS.id().uri()));
        try (Response response = get(address)) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.header("x-peer")).isEqualTo(CALLER.id().uri());
        }

        config.push(kept(OTHER));
        assertThat(status(address)).isEqualTo(503);
    }

    private int status(String url) throws IOException {
        try (Response response = get(url)) {
            return response.code();
        }
    }

    private Response get(String url) throws IOException {
        OkHttpClient client = Objects.requireNonNull(mesh).okHttp(new OkHttpClient());
        return client.newCall(new Request.Builder().url(url).build()).execute();
    }

    private int port() {
        return Objects.requireNonNull(envoy).port("in");
    }

    private long requests() {
        return Objects.requireNonNull(envoy).stat("http.in.downstream_rq_total");
    }

    private XdsResources balanced(String... names) {
        return new Resources()
                .routes(route("/", to("one")))
                .cluster(cluster(DiscoveryType.EDS, names))
                .endpoints("one", "127.0.0.1:" + port())
                .build();
    }

    private XdsResources kept(String... names) {
        return new Resources()
                .listener("0.0.0.0_" + port(), port(), "80")
                .routes(route("/", to("one")))
                .cluster(cluster(DiscoveryType.ORIGINAL_DST, names))
                .build();
    }

    private static Cluster cluster(DiscoveryType type, String... names) {
        List<Message> expected = Stream.of(names)
                .map(name -> Message.of(StringMatcher.TYPE).with(StringMatcher.EXACT, name))
                .toList();
        Message validation = Message.of(CombinedCertificateValidationContext.TYPE)
                .with(
                        CombinedCertificateValidationContext.DEFAULT_VALIDATION_CONTEXT,
                        Message.of(CertificateValidationContext.TYPE)
                                .with(CertificateValidationContext.MATCH_SUBJECT_ALT_NAMES, expected))
                .with(CombinedCertificateValidationContext.VALIDATION_CONTEXT_SDS_SECRET_CONFIG, secret("ROOTCA"));
        Message common = Message.of(CommonTlsContext.TYPE)
                .with(CommonTlsContext.ALPN_PROTOCOLS, List.of("istio-peer-exchange", "istio"))
                .with(CommonTlsContext.TLS_CERTIFICATE_SDS_SECRET_CONFIGS, List.of(secret("default")))
                .with(CommonTlsContext.COMBINED_VALIDATION_CONTEXT, validation);
        Message tls = Message.of(UpstreamTlsContext.TYPE)
                .with(UpstreamTlsContext.COMMON_TLS_CONTEXT, common)
                .with(UpstreamTlsContext.SNI, SNI);
        Message bytes = Message.of(Clusters.Cluster.TYPE)
                .with(Clusters.Cluster.NAME, "one")
                .with(Clusters.Cluster.DISCOVERY_TYPE, type)
                .with(
                        Clusters.Cluster.TRANSPORT_SOCKET,
                        Message.of(CoreBase.TransportSocket.TYPE)
                                .with(CoreBase.TransportSocket.NAME, "envoy.transport_sockets.tls")
                                .with(CoreBase.TransportSocket.TYPED_CONFIG, Any.pack(tls)));
        Decoded<Cluster> decoded =
                ResourceDecoder.CLUSTERS.decode(Any.pack(bytes).get(Any.VALUE));
        return ((Decoded.Usable<Cluster>) decoded).resource();
    }

    private static Message secret(String name) {
        return Message.of(SdsSecretConfig.TYPE).with(SdsSecretConfig.NAME, name);
    }

    /** What is pushed takes effect before the push returns. */
    private static final class Source implements ConfigSource {

        private @Nullable XdsResources last;
        private @Nullable Consumer<XdsResources> consumer;

        void push(XdsResources resources) {
            last = resources;
            if (consumer != null) {
                consumer.accept(resources);
            }
        }

        @Override
        public void start(Consumer<XdsResources> listener) {
            consumer = listener;
            listener.accept(Objects.requireNonNull(last));
        }

        @Override
        public void close() {}
    }

    private static final class Fixed implements IdentitySource {

        @Override
        public void start(Consumer<WorkloadIdentity> listener) {
            listener.accept(CALLER);
        }

        @Override
        public void close() {}
    }
}
