package io.inmesh.control.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.Outlet;
import io.inmesh.control.push.Protocol;
import io.inmesh.control.serve.AdminPort.Page;
import io.inmesh.control.serve.AdminPort.Visitor;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.envoy.ClientStatus.ClientConfig;
import io.inmesh.xds.envoy.ClientStatus.ConfigStatus;
import io.inmesh.xds.envoy.ClientStatus.GenericXdsConfig;
import io.inmesh.xds.envoy.CoreBase.Node;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DebugPagesTest {

    private static final ConfigSnapshot CONFIG = ConfigSnapshot.ofYaml("mesh.yaml", """
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: shop}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b, namespace: other}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: hidden, namespace: other}
            spec: {hosts: [b], tcp: [{route: [{destination: {host: b}}]}]}
            """);

    private final Hub hub = new Hub(MeshSettings.DEFAULT, new FakeClock(), Runnable::run);
    private final DebugPages debug = new DebugPages(() -> CONFIG, hub);
    private final DebugStream stream = new DebugStream(debug, "one");

    @BeforeEach
    void connect() {
        hub.push(context -> context.replace(CONFIG.resources()));
        for (String namespace : List.of("shop", "other")) {
            hub.connect(proxy(namespace), Protocol.STATE_OF_THE_WORLD, Outlet.NOWHERE);
        }
    }

    private static Proxy proxy(String namespace) {
        return new Proxy(
                "sidecar~10.0.0.1~pod." + namespace + "~" + namespace + ".svc.cluster.local",
                "pod",
                namespace,
                "default",
                Map.of(),
                List.of("10.0.0.1"),
                namespace + ".svc.cluster.local",
                false,
                Optional.empty());
    }

    /** The admin port of a control service that knows tokens by the identities that they name. */
    private Page get(String path, String token) {
        CallerAuthenticator tokens = credentials -> credentials
                .bearerToken()
                .filter(shown -> shown.startsWith("spiffe://"))
                .map(SpiffeId::parse);
        AdminPages pages = new AdminPages(
                () -> CONFIG,
                hub,
                debug,
                new ControlMetrics(() -> CONFIG, hub, () -> new CaCounts(3, 2, 1, 0, Instant.EPOCH)),
                Optional.of(tokens));
        var page = pages.byPath().get(path);
        assertThat(page).isNotNull();
        return page.apply(new Visitor(token.isEmpty() ? null : "Bearer " + token));
    }

    @Test
    void whoProvesNothingSeesNothingButReadinessAndMetrics() {
        for (String name : debug.names()) {
            assertThat(get("/debug/" + name, "").status()).as(name).isEqualTo(401);
            assertThat(get("/debug/" + name, "guess").status()).as(name).isEqualTo(401);
        }
        assertThat(get("/ready", "").status()).isEqualTo(200);
        assertThat(get("/metrics", "").text())
                .contains("\npilot_xds 2\n", "\npilot_virt_services 1\n", "\ncitadel_server_csr_count 3\n");
    }

    @Test
    void aCallerSeesItsOwnNamespaceAndTheRootNamespaceSeesAll() {
        for (String name : List.of("syncz", "adsz", "endpointz", "configz", "problemz")) {
            String own =
                    get("/debug/" + name, "spiffe://cluster.local/ns/shop/sa/x").text();
            assertThat(own).as(name).doesNotContain("other");
            String all = get("/debug/" + name, "spiffe://cluster.local/ns/istio-system/sa/x")
                    .text();
            assertThat(all).as(name).contains("other");
        }
        assertThat(get("/debug/syncz", "spiffe://cluster.local/ns/shop/sa/x").text())
                .contains("pod.shop");
        assertThat(get("/debug/endpointz", "spiffe://cluster.local/ns/shop/sa/x")
                        .text())
                .contains("a.shop.svc.cluster.local:http");
    }

    @Test
    void theSamePagesAreAnsweredOnTheStream() {
        Message answer = answer("istio.io/debug", "syncz", DebugViewer.ALL);
        assertThat(answer.get(DiscoveryResponse.TYPE_URL)).isEqualTo("istio.io/debug");
        assertThat(answer.get(DiscoveryResponse.RESOURCES)).hasSize(1);
        assertThat(answer.get(DiscoveryResponse.RESOURCES).get(0).toString()).contains("istio.io/debug");
        assertThatThrownBy(() -> answer("istio.io/debug", "nothing", DebugViewer.ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("syncz");
        Message acknowledgement = request("istio.io/debug", "syncz").with(DiscoveryRequest.RESPONSE_NONCE, "1");
        assertThat(stream.answer(acknowledgement, DebugViewer.ALL, "2")).isEmpty();
    }

    @Test
    void eachClientSaysWhatItHasOfEachType() throws MalformedMessageException {
        Message answer = answer("istio.io/debug/syncz", "", new DebugViewer(Optional.of("shop")));
        List<Message> resources = answer.get(DiscoveryResponse.RESOURCES);
        assertThat(resources).hasSize(1);
        Message client = Any.unpack(resources.get(0), ClientConfig.TYPE);
        assertThat(client.get(ClientConfig.NODE).get(Node.ID)).contains("~pod.shop~");
        assertThat(client.get(ClientConfig.GENERIC_XDS_CONFIGS))
                .hasSize(4)
                .allMatch(config -> config.get(GenericXdsConfig.CONFIG_STATUS) == ConfigStatus.NOT_SENT);
    }

    private static Message request(String type, String name) {
        return Message.of(DiscoveryRequest.TYPE)
                .with(DiscoveryRequest.TYPE_URL, type)
                .with(DiscoveryRequest.RESOURCE_NAMES, name.isEmpty() ? List.of() : List.of(name));
    }

    private Message answer(String type, String name, DebugViewer viewer) {
        return stream.answer(request(type, name), viewer, "1").orElseThrow().toMessage();
    }
}
