package io.inmesh.test;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service and its endpoints as Kubernetes would describe them. */
record ServiceYaml(String name, int port, List<String> versions) {

    private static final Pattern WRITTEN = Pattern.compile("([a-z0-9-]+):(\\d{1,5})(?:\\s+([A-Za-z0-9.,_-]+))?");

    static ServiceYaml of(String written) {
        Matcher parts = WRITTEN.matcher(written.trim());
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + written + "' is no service such as 'reviews:9080 v1,v2'");
        }
        String versions = parts.group(3) == null ? "v1" : parts.group(3);
        return new ServiceYaml(parts.group(1), Integer.parseInt(parts.group(2)), List.of(versions.split(",", -1)));
    }

    /**
     * The resources.
     *
     * @param network second number of its endpoints' addresses
     */
    String text(String namespace, int network) {
        StringBuilder yaml = new StringBuilder("""
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: %2$s}
                spec: {selector: {app: %1$s}, ports: [{name: http, port: %3$d}]}
                """.formatted(name, namespace, port));
        for (int i = 0; i < versions.size(); i++) {
            yaml.append("""
                    ---
                    apiVersion: v1
                    kind: Pod
                    metadata:
                      name: %1$s-%4$s
                      namespace: %2$s
                      labels: {app: %1$s, version: %4$s, security.istio.io/tlsMode: istio}
                    spec: {serviceAccountName: %1$s}
                    status: {podIP: 10.%5$d.0.%6$d, phase: Running, conditions: [{type: Ready, status: "True"}]}
                    ---
                    apiVersion: discovery.k8s.io/v1
                    kind: EndpointSlice
                    metadata: {name: %1$s-%4$s, namespace: %2$s, labels: {kubernetes.io/service-name: %1$s}}
                    addressType: IPv4
                    ports: [{name: http, port: %3$d, protocol: TCP}]
                    endpoints:
                    - addresses: [10.%5$d.0.%6$d]
                      conditions: {ready: true}
                      targetRef: {kind: Pod, name: %1$s-%4$s, namespace: %2$s}
                    """.formatted(name, namespace, port, versions.get(i), network, i + 1));
        }
        return yaml.toString();
    }
}
