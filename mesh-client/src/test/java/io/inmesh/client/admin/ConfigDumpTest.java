package io.inmesh.client.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.admin.v3.ClustersConfigDump;
import io.envoyproxy.envoy.admin.v3.ConfigDump;
import io.envoyproxy.envoy.admin.v3.EndpointsConfigDump;
import io.envoyproxy.envoy.admin.v3.ListenersConfigDump;
import io.envoyproxy.envoy.admin.v3.RoutesConfigDump;
import io.envoyproxy.envoy.admin.v3.SecretsConfigDump;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.inmesh.testkit.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real istiod sent, dumped by us and read by Envoy's own classes. */
class ConfigDumpTest {

    @ParameterizedTest
    @ValueSource(strings = {"reviews-timeouts-client", "cap-routes", "cap-balancing", "cap-authz", "api-server-jwt"})
    void isReadByEnvoysOwnMessageTypes(String capture) throws Exception {
        Path files = capture(capture);
        try (RunningMesh mesh = new RunningMesh(files)) {
            ConfigDump dump = EnvoyMessages.read(mesh.get("/config_dump?include_eds"), ConfigDump.newBuilder())
                    .build();

            assertThat(dump.getConfigsList())
                    .extracting(Any::getTypeUrl)
                    .extracting(url -> url.substring(url.lastIndexOf('.') + 1))
                    .containsExactly(
                            "BootstrapConfigDump",
                            "ClustersConfigDump",
                            "EndpointsConfigDump",
                            "ListenersConfigDump",
                            "RoutesConfigDump",
                            "SecretsConfigDump");
            ClustersConfigDump clusters = dump.getConfigs(1).unpack(ClustersConfigDump.class);
            DiscoveryResponse sent = response(files, "Cluster");
            assertThat(clusters.getVersionInfo()).isEqualTo(sent.getVersionInfo());
            assertThat(clusters.getDynamicActiveClustersList())
                    .hasSize(sent.getResourcesCount())
                    .allMatch(cluster -> cluster.getVersionInfo().equals(sent.getVersionInfo())
                            && cluster.getLastUpdated().getSeconds() > 0);
            assertThat(dump.getConfigs(2).unpack(EndpointsConfigDump.class).getDynamicEndpointConfigsList())
                    .hasSize(response(files, "ClusterLoadAssignment").getResourcesCount());
            assertThat(dump.getConfigs(3).unpack(ListenersConfigDump.class).getDynamicListenersList())
                    .hasSize(response(files, "Listener").getResourcesCount());
            assertThat(dump.getConfigs(4).unpack(RoutesConfigDump.class).getDynamicRouteConfigsList())
                    .hasSize(response(files, "RouteConfiguration").getResourcesCount());
        }
    }

    /** Nothing that we declare is lost between the wire and the page: at any depth, inside of an Any too. */
    @ParameterizedTest
    @ValueSource(strings = {"reviews-timeouts-client", "cap-routes", "cap-balancing", "cap-authz"})
    void resourcesReadAsTheyWereSent(String capture) throws Exception {
        Path files = capture(capture);
        try (RunningMesh mesh = new RunningMesh(files)) {
            List<Message> dumped = new ArrayList<>();
            for (Any config : dump(mesh, "dynamic_active_clusters").getConfigsList()) {
                dumped.add(config.unpack(ClustersConfigDump.DynamicCluster.class)
                        .getCluster()
                        .unpack(Cluster.class));
            }
            for (Any config : dump(mesh, "dynamic_listeners").getConfigsList()) {
                dumped.add(config.unpack(ListenersConfigDump.DynamicListener.class)
                        .getActiveState()
                        .getListener()
                        .unpack(Listener.class));
            }
            for (Any config : dump(mesh, "dynamic_route_configs").getConfigsList()) {
                dumped.add(config.unpack(RoutesConfigDump.DynamicRouteConfig.class)
                        .getRouteConfig()
                        .unpack(RouteConfiguration.class));
            }
            List<String> sent = new ArrayList<>();
            for (Any resource : response(files, "Cluster").getResourcesList()) {
                sent.add(EnvoyMessages.declared(resource.unpack(Cluster.class)));
            }
            for (Any resource : response(files, "Listener").getResourcesList()) {
                sent.add(EnvoyMessages.declared(resource.unpack(Listener.class)));
            }
            for (Any resource : response(files, "RouteConfiguration").getResourcesList()) {
                sent.add(EnvoyMessages.declared(resource.unpack(RouteConfiguration.class)));
            }
            assertThat(dumped).hasSameSizeAs(sent);
            for (int i = 0; i < sent.size(); i++) {
                assertThat(EnvoyMessages.declared(dumped.get(i))).isEqualTo(sent.get(i));
            }
        }
    }

    private static ConfigDump dump(RunningMesh mesh, String resource) throws Exception {
        return EnvoyMessages.read(mesh.get("/config_dump?resource=" + resource), ConfigDump.newBuilder())
                .build();
    }

    @Test
    void showsTheIdentityAndNeverItsKey() throws Exception {
        try (RunningMesh mesh = new RunningMesh(capture("reviews-timeouts-client"))) {
            String text = mesh.get("/config_dump");
            SecretsConfigDump secrets = EnvoyMessages.read(text, ConfigDump.newBuilder())
                    .getConfigs(4)
                    .unpack(SecretsConfigDump.class);

            assertThat(secrets.getDynamicActiveSecretsList())
                    .extracting(SecretsConfigDump.DynamicSecret::getName)
                    .containsExactly("default", "ROOTCA");
            Secret own = secrets.getDynamicActiveSecrets(0).getSecret().unpack(Secret.class);
            assertThat(own.getTlsCertificate().getPrivateKey().getInlineBytes())
                    .isEqualTo(ByteString.copyFromUtf8("[redacted]"));
            assertThat(own.getTlsCertificate()
                            .getCertificateChain()
                            .getInlineBytes()
                            .toStringUtf8())
                    .startsWith("-----BEGIN CERTIFICATE-----");
            byte[] key = mesh.identity.key().getEncoded();
            assertThat(text)
                    .doesNotContain(Base64.getEncoder().encodeToString(Arrays.copyOfRange(key, 30, 60)))
                    .doesNotContain("PRIVATE KEY");
        }
    }

    @Test
    void answersForOneKindOfResourceAndForNames() throws Exception {
        try (RunningMesh mesh = new RunningMesh(capture("reviews-timeouts-client"))) {
            assertThat(mesh.get("/config_dump")).doesNotContain("EndpointsConfigDump");
            assertThat(mesh.get("/config_dump?resource=dynamic_active_clusters&name_regex=outbound%5C%7C9080.*"))
                    .contains("outbound|9080||reviews.bookinfo.svc.cluster.local")
                    .doesNotContain("PassthroughCluster");
            assertThat(mesh.ask("/config_dump?resource=nothing").statusCode()).isEqualTo(404);
            assertThat(mesh.ask("/config_dump?name_regex=%5B").statusCode()).isEqualTo(400);
            assertThat(mesh.ask("/config_dump?mask=x").body()).contains("mask is not supported");
        }
    }

    private static Path capture(String name) {
        return Peers.shared("istiod-captures").resolve(name);
    }

    private static DiscoveryResponse response(Path files, String type) throws Exception {
        return DiscoveryResponse.parseFrom(Files.readAllBytes(files.resolve(type + ".pb")));
    }
}
