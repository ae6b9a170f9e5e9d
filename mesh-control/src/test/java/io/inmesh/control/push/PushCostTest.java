package io.inmesh.control.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change costs is counted: values computed, resources translated, answers put together, answers sent. */
class PushCostTest {

    private static final int STREAMS = 12;

    private static String service(int number) {
        return """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: s%1$d, namespace: shop}
                spec: {ports: [{name: http, port: 80}]}
                """.formatted(number) + slice(number, "10.0.%d.1".formatted(number));
    }

    private static String slice(int number, String address) {
        return """
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: s%1$d, namespace: shop, labels: {kubernetes.io/service-name: s%1$d}}
                endpoints: [{addresses: ["%2$s"]}, {addresses: ["10.9.0.1"]}]
                ports: [{name: http, port: 8080}]
                """.formatted(number, address);
    }

    private static String virtualService(int number, int timeout) {
        return """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: s%1$d, namespace: shop}
                spec:
                  hosts: [s%1$d]
                  http: [{timeout: %2$ds, route: [{destination: {host: s%1$d}}]}]
                """.formatted(number, timeout);
    }

    private final Streams streams = new Streams();
    private final List<Streams.Client> clients = new ArrayList<>();

    private void world(int services) {
        StringBuilder yaml = new StringBuilder(virtualService(3, 1));
        for (int i = 0; i < services; i++) {
            yaml.append(service(i));
        }
        streams.state(yaml.toString());
    }

    private void connect(Protocol protocol) {
        for (int i = 0; i < STREAMS; i++) {
            clients.add(streams.client(i % 3 == 0 ? "other" : "shop", "c" + i, protocol)
                    .subscribeAll());
        }
    }

    private PushCounts cost(String change) {
        PushCounts before = streams.hub.counts();
        streams.change(change);
        clients.forEach(Streams.Client::settle);
        return streams.hub.counts().since(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"STATE_OF_THE_WORLD", "DELTA"})
    void anEndpointTouchesItsLoadAssignmentOnceForAllWhoeverAsks(Protocol protocol) {
        world(40);
        connect(protocol);
        PushCounts cost = cost(slice(7, "10.0.7.2"));

        assertThat(cost.resources()).as("translated and serialised").isEqualTo(1);
        assertThat(cost.answers()).isEqualTo(STREAMS);
        assertThat(cost.bodies()).as("one for each namespace of clients").isEqualTo(2);
        assertThat(clients).allSatisfy(client -> assertThat(client.sent)
                .singleElement()
                .satisfies(answer -> assertThat(client.type(answer)).isEqualTo(XdsType.EDS)));
    }

    @ParameterizedTest
    @EnumSource(names = {"STATE_OF_THE_WORLD", "DELTA"})
    void anEditedVirtualServiceTouchesItsVirtualHostAndTheTableAroundIt(Protocol protocol) {
        world(40);
        connect(protocol);
        PushCounts cost = cost(virtualService(3, 2));

        assertThat(cost.resources())
                .as("for each of two namespaces a virtual host, and a table put together of it and what was there")
                .isEqualTo(4);
        assertThat(cost.bodies()).isEqualTo(2);
        assertThat(cost.answers()).isEqualTo(STREAMS);
        assertThat(clients).allSatisfy(client -> assertThat(client.sent)
                .singleElement()
                .satisfies(answer -> assertThat(client.type(answer)).isEqualTo(XdsType.RDS)));
    }

    @Test
    void onDemandOnlyThoseWhoCallTheHostAreTold() {
        world(40);
        for (int i = 0; i < STREAMS; i++) {
            clients.add(streams.client("shop", "c" + i, Protocol.ON_DEMAND)
                    .subscribe(XdsType.LDS)
                    .subscribe(XdsType.CDS, "outbound|80||s" + i + ".shop.svc.cluster.local")
                    .subscribe(XdsType.EDS, "outbound|80||s" + i + ".shop.svc.cluster.local")
                    .subscribe(XdsType.VHDS, "80/s" + i, "80/s" + i % 4));
        }
        clients.forEach(Streams.Client::told);

        PushCounts route = cost(virtualService(3, 2));
        assertThat(route.resources()).isEqualTo(1);
        assertThat(route.answers()).as("3, 7 and 11 call s3").isEqualTo(3);
        assertThat(clients.get(7).told()).containsExactly("VHDS +80/s3");

        PushCounts endpoint = cost(slice(5, "10.0.5.2"));
        assertThat(endpoint.resources()).isEqualTo(1);
        assertThat(endpoint.answers()).isEqualTo(1);
        assertThat(clients.get(5).told()).containsExactly("EDS +outbound|80||s5.shop.svc.cluster.local");
        assertThat(clients.get(6).told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 200})
    void theCostDoesNotGrowWithWhatDidNotChange(int services) {
        world(services);
        connect(Protocol.DELTA);
        PushCounts endpoint = cost(slice(7, "10.0.7.2"));
        PushCounts route = cost(virtualService(3, 2));

        assertThat(endpoint.computations())
                .as("the endpoints, their accounts, two ports' worth of readers")
                .isLessThanOrEqualTo(12);
        assertThat(route.computations()).isLessThanOrEqualTo(12);
    }

    @Test
    void manyChangesAreOneAnswerForAClientThatDoesNotRead() {
        world(20);
        connect(Protocol.DELTA);
        Streams.Client slow = clients.get(1);
        slow.ready = false;
        for (int i = 0; i < 50; i++) {
            streams.change(slice(i % 5, "10.1.0." + i));
        }
        assertThat(slow.sent).isEmpty();
        slow.ready = true;
        slow.stream.wake();
        assertThat(slow.told()).hasSize(1);
    }

    @Test
    void whatNobodyIsConnectedForIsForgotten() {
        world(20);
        connect(Protocol.STATE_OF_THE_WORLD);
        clients.forEach(client -> streams.hub.disconnect(client.stream));
        assertThat(streams.hub.views()).isZero();
        clients.clear();

        assertThat(cost(slice(7, "10.0.7.2")).computations()).isZero();
    }
}
