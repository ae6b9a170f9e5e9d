package io.inmesh.control.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.Rpc.Status;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscriptionProtocolTest {

    private static final String SERVICE = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: %s, namespace: shop}
            spec: {selector: {app: %s}, ports: [{name: http, port: 80}]}
            """;
    private static final String WORKLOAD = """
            ---
            apiVersion: networking.istio.io/v1
            kind: WorkloadEntry
            metadata: {name: a-%1$s, namespace: shop}
            spec: {address: 10.0.0.%1$s, labels: {app: a}, serviceAccount: a}
            """;
    private static final String CLUSTER_A = "outbound|80||a.shop.svc.cluster.local";

    private final List<Message> sent = new ArrayList<>();
    private boolean ready = true;
    private final Hub hub = new Hub(MeshSettings.DEFAULT, new FakeClock(), Runnable::run);
    private final ClientStream stream = connect();

    private ClientStream connect() {
        publish(SERVICE.formatted("a", "a") + WORKLOAD.formatted(1));
        return hub.connect(
                new Proxy(
                        "sidecar~10.0.0.9~c.shop~shop.svc.cluster.local",
                        "c",
                        "shop",
                        "c",
                        Map.of(),
                        List.of(),
                        "shop.svc.cluster.local",
                        false,
                        Optional.empty()),
                Protocol.STATE_OF_THE_WORLD,
                new Outlet() {
                    @Override
                    public boolean ready() {
                        return ready;
                    }

                    @Override
                    public void send(Answer answer) {
                        sent.add(answer.toMessage());
                    }
                });
    }

    private void publish(String yaml) {
        hub.push(context -> context.replace(Yaml.of(yaml).resources()));
    }

    private static Message request(XdsType type, String version, String nonce, String... names) {
        return Message.of(DiscoveryRequest.TYPE)
                .with(DiscoveryRequest.TYPE_URL, type.url())
                .with(DiscoveryRequest.VERSION_INFO, version)
                .with(DiscoveryRequest.RESPONSE_NONCE, nonce)
                .with(DiscoveryRequest.RESOURCE_NAMES, List.of(names));
    }

    private Message last() {
        return sent.get(sent.size() - 1);
    }

    private void acknowledge(XdsType type, String... names) {
        Message response = last();
        assertThat(response.get(DiscoveryResponse.TYPE_URL)).isEqualTo(type.url());
        stream.request(request(
                type, response.get(DiscoveryResponse.VERSION_INFO), response.get(DiscoveryResponse.NONCE), names));
    }

    @Test
    void theFirstRequestIsAnsweredAndItsAcknowledgementIsNot() {
        stream.request(request(XdsType.CDS, "", ""));
        assertThat(sent).hasSize(1);
        acknowledge(XdsType.CDS);

        assertThat(sent).hasSize(1);
        SubscriptionStatus status = stream.status().subscriptions().get(0);
        assertThat(status.acknowledged()).isEqualTo(status.sent()).isNotEmpty();
        assertThat(status.names()).containsExactly("*");
    }

    @Test
    void aReconnectWithTheLastVersionIsAnsweredAfresh() {
        stream.request(request(XdsType.CDS, "from-another-stream", "old-nonce"));
        assertThat(sent).hasSize(1);
    }

    @Test
    void aStaleNonceIsIgnored() {
        stream.request(request(XdsType.EDS, "", "", CLUSTER_A));
        stream.request(request(XdsType.EDS, "1", "not-the-last", CLUSTER_A, "other"));
        assertThat(sent).hasSize(1);
        assertThat(stream.status().subscriptions().get(0).outstanding()).isTrue();
    }

    @Test
    void aRefusalIsKeptShownAndNotAnsweredUntilTheNextChange() {
        stream.request(request(XdsType.CDS, "", ""));
        stream.request(request(XdsType.CDS, "", last().get(DiscoveryResponse.NONCE))
                .with(DiscoveryRequest.ERROR_DETAIL, Message.of(Status.TYPE).with(Status.MESSAGE, "bad cluster")));

        assertThat(sent).hasSize(1);
        assertThat(stream.status().subscriptions().get(0).rejection()).isEqualTo("bad cluster");

        publish(SERVICE.formatted("a", "a") + SERVICE.formatted("b", "b"));
        assertThat(sent).hasSize(2);
    }

    @Test
    void namedTypesGetWhatTheyAskForAndLaterOnlyWhatIsNew() {
        stream.request(request(XdsType.EDS, "", "", CLUSTER_A));
        assertThat(last().get(DiscoveryResponse.RESOURCES)).hasSize(1);
        acknowledge(XdsType.EDS, CLUSTER_A, "unknown");
        assertThat(sent).hasSize(1);

        publish(SERVICE.formatted("a", "a") + WORKLOAD.formatted(1) + WORKLOAD.formatted(2));
        assertThat(sent).hasSize(2);
    }

    @Test
    void aChangeOfEndpointsTouchesNothingElse() {
        stream.request(request(XdsType.CDS, "", ""));
        acknowledge(XdsType.CDS);
        stream.request(request(XdsType.EDS, "", "", CLUSTER_A));
        acknowledge(XdsType.EDS, CLUSTER_A);
        stream.request(request(XdsType.LDS, "", ""));
        acknowledge(XdsType.LDS);
        sent.clear();

        publish(SERVICE.formatted("a", "a")
                + WORKLOAD.formatted(1)
                + WORKLOAD.formatted(2).replace("serviceAccount: a", "serviceAccount: a"));
        assertThat(sent).singleElement().satisfies(response -> assertThat(response.get(DiscoveryResponse.TYPE_URL))
                .isEqualTo(XdsType.EDS.url()));
    }

    @Test
    void nothingChangedMeansNothingIsSent() {
        stream.request(request(XdsType.CDS, "", ""));
        acknowledge(XdsType.CDS);
        publish(SERVICE.formatted("a", "a") + WORKLOAD.formatted(1));
        assertThat(sent).hasSize(1);
    }

    @Test
    void clustersGoBeforeListenersEvenWhenTheirAcknowledgementIsAwaited() {
        stream.request(request(XdsType.CDS, "", ""));
        acknowledge(XdsType.CDS);
        stream.request(request(XdsType.LDS, "", ""));
        acknowledge(XdsType.LDS);
        String other = SERVICE.formatted("b", "b").replace("port: 80", "port: 8080");
        publish(SERVICE.formatted("a", "a") + other);
        assertThat(last().get(DiscoveryResponse.TYPE_URL)).isEqualTo(XdsType.LDS.url());
        sent.clear();

        String third = SERVICE.formatted("c", "c").replace("port: 80", "port: 9090");
        publish(SERVICE.formatted("a", "a") + other + third);
        assertThat(sent).as("both types wait for the client").isEmpty();
    }

    @Test
    void aClientThatDoesNotReadGetsOneAnswerWithTheNewestStateWhenItDoes() {
        stream.request(request(XdsType.CDS, "", ""));
        acknowledge(XdsType.CDS);
        ready = false;
        for (int i = 0; i < 100; i++) {
            publish(SERVICE.formatted("s" + i, "a"));
        }
        assertThat(sent).hasSize(1);
        ready = true;
        stream.wake();

        assertThat(sent).hasSize(2);
        assertThat(last().toString()).isNotEmpty();
        assertThat(hub.resourcesFor(stream.proxy()).get(XdsType.CDS))
                .extracting(EncodedResource::name)
                .contains("outbound|80||s99.shop.svc.cluster.local");
    }

    @Test
    void aChangedClusterBringsItsEndpointsAgain() {
        stream.request(request(XdsType.CDS, "", ""));
        acknowledge(XdsType.CDS);
        stream.request(request(XdsType.EDS, "", "", CLUSTER_A));
        acknowledge(XdsType.EDS, CLUSTER_A);
        sent.clear();

        publish(SERVICE.formatted("a", "a") + WORKLOAD.formatted(1) + """
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: a, namespace: shop}
                spec: {host: a, trafficPolicy: {loadBalancer: {simple: RANDOM}}}
                """);
        assertThat(sent.stream().map(response -> response.get(DiscoveryResponse.TYPE_URL)))
                .containsExactly(XdsType.CDS.url(), XdsType.EDS.url());
    }

    @Test
    void anotherClusterBringsNoEndpoints() {
        stream.request(request(XdsType.CDS, "", ""));
        acknowledge(XdsType.CDS);
        stream.request(request(XdsType.EDS, "", "", CLUSTER_A));
        acknowledge(XdsType.EDS, CLUSTER_A);
        sent.clear();

        publish(SERVICE.formatted("a", "a") + WORKLOAD.formatted(1) + SERVICE.formatted("b", "b"));
        assertThat(sent).singleElement().satisfies(response -> assertThat(response.get(DiscoveryResponse.TYPE_URL))
                .isEqualTo(XdsType.CDS.url()));
    }

    @Test
    void anUnsubscribedNameIsNotSentAgain() {
        stream.request(request(XdsType.EDS, "", "", CLUSTER_A));
        acknowledge(XdsType.EDS);
        publish(SERVICE.formatted("a", "a") + WORKLOAD.formatted(2));
        assertThat(sent).hasSize(1);
    }

    @Test
    void unknownTypesAreLeftAlone() {
        stream.request(Message.of(DiscoveryRequest.TYPE).with(DiscoveryRequest.TYPE_URL, "type.googleapis.com/other"));
        assertThat(sent).isEmpty();
    }

    @Test
    void clientsOfOneKindShareOneView() {
        for (int i = 0; i < 50; i++) {
            Proxy proxy = new Proxy(
                    "sidecar~10.0.1." + i + "~c-" + i + ".shop~shop.svc.cluster.local",
                    "c-" + i,
                    "shop",
                    "c",
                    Map.of(),
                    List.of(),
                    "shop.svc.cluster.local",
                    false,
                    Optional.empty());
            hub.connect(proxy, Protocol.DELTA, Outlet.NOWHERE);
        }
        assertThat(hub.views()).isEqualTo(1);
    }
}
