package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Istio's ingress gateway as it is installed by default. Files of an application do not hold it, and a Gateway that selects it is no
 * mistake. Stateless.
 */
final class IngressGateway {

    private static final String RESOURCES = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: istio-ingressgateway
              namespace: istio-system
              labels: {app: istio-ingressgateway, istio: ingressgateway}
            spec: {containers: [{name: istio-proxy, image: proxyv2}]}
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: istio-ingressgateway
              namespace: istio-system
              labels: {app: istiod}
            spec:
              selector: {app: istio-ingressgateway, istio: ingressgateway}
              ports:
              - {name: status-port, port: 15021, targetPort: 15021}
              - {name: http2, port: 80, targetPort: 8080}
              - {name: https, port: 443, targetPort: 8443}
              - {name: tcp, port: 31400, targetPort: 31400}
              - {name: tls, port: 15443, targetPort: 15443}
            """;

    private IngressGateway() {}

    /** The gateway's pod and service, or nothing if some pod is one already. */
    static List<Item> unlessAmong(Collection<Item> items) {
        boolean there = items.stream()
                .anyMatch(item -> item.kind().equals("Pod")
                        && "ingressgateway".equals(item.labels().get("istio")));
        return there
                ? List.of()
                : YamlReader.documents("", RESOURCES.getBytes(StandardCharsets.UTF_8), YamlLimits.DEFAULT).stream()
                        .map(document -> Item.of((YamlNode.Mapping) document, "istio-system"))
                        .toList();
    }
}
