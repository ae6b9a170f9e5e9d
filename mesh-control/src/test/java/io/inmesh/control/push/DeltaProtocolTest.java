package io.inmesh.control.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryResponse;
import io.inmesh.xds.envoy.Discovery.Resource;
import io.inmesh.xds.envoy.Rpc.Status;
import io.inmesh.xds.wire.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltaProtocolTest {

    private static final String SERVICE = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: %s, namespace: shop}
            spec: {selector: {app: %s}, ports: [{name: http, port: 80}]}
            """;
    private static final String A = "outbound|80||a.shop.svc.cluster.local";
    private static final String B = "outbound|80||b.shop.svc.cluster.local";

    private final Streams streams = new Streams();
    private final Streams.Client client = connect(Protocol.DELTA);

    private Streams.Client connect(Protocol protocol) {
        streams.state(service("a") + service("b"));
        return streams.client("shop", "c", protocol);
    }

    private static String service(String name) {
        return SERVICE.formatted(name, name);
    }

    @Test
    void theFirstAnswerHasEverythingAndLaterOnesWhatChangedOrIsGone() {
        assertThat(client.subscribe(XdsType.CDS).told())
                .singleElement()
                .asString()
                .contains(A, B, "PassthroughCluster");

        streams.change(service("n"));
        assertThat(client.told()).containsExactly("CDS +outbound|80||n.shop.svc.cluster.local");

        streams.remove("Service shop/b");
        assertThat(client.told()).containsExactly("CDS -" + B);
    }

    @Test
    void whatIsThereNoLongerIsToldTogetherWithWhatIsNew() {
        client.subscribe(XdsType.CDS).told();
        streams.state(service("a") + service("n"));
        assertThat(client.told()).containsExactly("CDS +outbound|80||n.shop.svc.cluster.local -" + B);
    }

    @Test
    void aReconnectingClientIsToldOnlyWhatItDoesNotHave() {
        client.subscribe(XdsType.CDS).settle();
        Map<String, String> known = new HashMap<>();
        for (Message resource : client.sent.get(0).get(DeltaDiscoveryResponse.RESOURCES)) {
            known.put(resource.get(Resource.NAME), resource.get(Resource.VERSION));
        }
        known.put(A, "another");
        known.put("outbound|80||gone.shop.svc.cluster.local", "1");
        known.remove(B);
        Streams.Client again = streams.client("shop", "c", Protocol.DELTA);
        again.stream.deltaRequest(Message.of(DeltaDiscoveryRequest.TYPE)
                .with(DeltaDiscoveryRequest.TYPE_URL, XdsType.CDS.url())
                .with(DeltaDiscoveryRequest.INITIAL_RESOURCE_VERSIONS, known));

        assertThat(again.told()).singleElement().satisfies(told -> assertThat(told.split(" "))
                .containsExactlyInAnyOrder("CDS", "+" + A, "+" + B, "-outbound|80||gone.shop.svc.cluster.local"));
    }

    @Test
    void namesComeAndGo() {
        assertThat(client.subscribe(XdsType.EDS, A).told()).containsExactly("EDS +" + A);
        assertThat(client.subscribe(XdsType.EDS, B, "outbound|1||x").told())
                .containsExactly("EDS +" + B + " -outbound|1||x");
        client.request(XdsType.EDS, "", List.of(), List.of(A));
        streams.change(entry("a") + entry("b"));
        assertThat(client.told()).containsExactly("EDS +" + B);
    }

    @Test
    void whoAsksAgainIsAnsweredAgain() {
        client.subscribe(XdsType.EDS, A).told();
        assertThat(client.subscribe(XdsType.EDS, A).told()).containsExactly("EDS +" + A);
    }

    @Test
    void aRefusalIsShownAndNotAnswered() {
        client.subscribe(XdsType.CDS);
        client.stream.deltaRequest(Message.of(DeltaDiscoveryRequest.TYPE)
                .with(DeltaDiscoveryRequest.TYPE_URL, XdsType.CDS.url())
                .with(DeltaDiscoveryRequest.RESPONSE_NONCE, client.sent.get(0).get(DeltaDiscoveryResponse.NONCE))
                .with(
                        DeltaDiscoveryRequest.ERROR_DETAIL,
                        Message.of(Status.TYPE).with(Status.MESSAGE, "no such thing")));
        assertThat(client.sent).hasSize(1);
        assertThat(client.stream.status().subscriptions().get(0).rejection()).isEqualTo("no such thing");
    }

    @Test
    void onDemandAHostIsFoundByEveryNameThatItHas() {
        Streams.Client demanding = streams.client("shop", "d", Protocol.ON_DEMAND);
        assertThat(demanding
                        .subscribe(XdsType.VHDS, "80/a", "80/a.shop", "80/a.shop.svc", "80/a.shop.svc.cluster.local")
                        .told())
                .containsExactly("VHDS +80/a +80/a.shop +80/a.shop.svc +80/a.shop.svc.cluster.local");
    }

    @Test
    void onDemandAnUnknownHostIsToldAsMissingAndLaterAsPresent() {
        Streams.Client demanding = streams.client("shop", "d", Protocol.ON_DEMAND);
        assertThat(demanding.subscribe(XdsType.VHDS, "80/n", "81/a").told()).containsExactly("VHDS -80/n -81/a");
        streams.change(service("n"));
        assertThat(demanding.told()).containsExactly("VHDS +80/n");
    }

    @Test
    void onDemandClustersComeByName() {
        Streams.Client demanding = streams.client("shop", "d", Protocol.ON_DEMAND);
        assertThat(demanding.subscribe(XdsType.CDS, A, "PassthroughCluster").told())
                .containsExactly("CDS +" + A + " +PassthroughCluster");
        streams.change(service("n"));
        assertThat(demanding.told()).isEmpty();
    }

    @Test
    void whatNobodyAsksForAnyLongerIsForgotten() {
        Streams.Client demanding = streams.client("shop", "d", Protocol.ON_DEMAND);
        demanding.subscribe(XdsType.EDS, A).told();
        demanding.request(XdsType.EDS, "", List.of(), List.of(A));
        streams.hub.disconnect(client.stream);
        streams.hub.tidy();
        PushCounts before = streams.hub.counts();
        streams.change(entry("a"));
        assertThat(streams.hub.counts().since(before).resources()).isZero();
    }

    private static String entry(String app) {
        return """
                ---
                apiVersion: networking.istio.io/v1
                kind: WorkloadEntry
                metadata: {name: %1$s-1, namespace: shop}
                spec: {address: 10.0.0.1, labels: {app: %1$s}}
                """.formatted(app);
    }
}
