package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.ErrorMatch;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DestinationRuleTest {

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: shop}
            spec: {clusterIP: 10.9.0.1, selector: {app: a}, ports: [{name: http, port: 80}]}
            ---
            """;

    @Test
    void statusesTakeThePlaceOfAll5xx() {
        assertThat(cluster("outlierDetection: {outlierDetectionHttpErrorCodes: [429, 503]}")
                        .httpProtocolOptions()
                        .errors())
                .isEqualTo(new ErrorMatch.AnyOf(List.of(status("429"), status("503"))));
        assertThat(cluster("outlierDetection: {outlierDetectionHttpErrorCodes: [500]}")
                        .httpProtocolOptions()
                        .errors())
                .isEqualTo(status("500"));
        assertThat(cluster("outlierDetection: {interval: 1s}")
                        .httpProtocolOptions()
                        .errors())
                .isNull();
    }

    @Test
    void statusesLeaveTheOtherOptionsOfConnectionsAsTheyAre() {
        Cluster cluster = cluster("""
                outlierDetection: {outlierDetectionHttpErrorCodes: [429]}
                connectionPool: {http: {h2UpgradePolicy: UPGRADE, maxRequestsPerConnection: 7}}
                """);

        assertThat(cluster.httpProtocolOptions().protocol()).isEqualTo(Protocol.HTTP2);
        assertThat(cluster.httpProtocolOptions().maxRequestsPerConnection()).isEqualTo(7);
        assertThat(cluster.httpProtocolOptions().errors()).isEqualTo(status("429"));
    }

    private static ErrorMatch status(String code) {
        return new ErrorMatch.ResponseHeaders(List.of(new HeaderMatch(
                ":status", new HeaderMatch.Condition.Value(new StringMatch.Exact(code, false)), false, false)));
    }

    private static Cluster cluster(String policy) {
        String rule = """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: a, namespace: shop}
                spec:
                  host: a
                  trafficPolicy:
                """;
        return Simulation.resources(
                        Yaml.of(SERVICE + rule + policy.indent(4)),
                        MeshSettings.DEFAULT,
                        Simulation.proxy("shop", "client", Map.of()))
                .clusters()
                .byName()
                .get("outbound|80||a.shop.svc.cluster.local");
    }
}
