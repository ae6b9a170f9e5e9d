package io.inmesh.benchmarks.push;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Resource;
import java.util.ArrayList;
import java.util.List;

/** Services of ten endpoints each. */
public final class World {

    private static final int ENDPOINTS = 10;

    private World() {}

    static List<Resource> of(int services) {
        List<Resource> all = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            all.addAll(read(service(i) + slice(i, 0)));
        }
        return all;
    }

    /** As {@link #of}, as it would stand in a file. */
    public static String yaml(int services) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < services; i++) {
            all.append(service(i)).append(slice(i, 0));
        }
        return all.toString();
    }

    /** The endpoints of a service, one of them other than in another round. */
    static Resource endpoints(int service, int round) {
        return read(slice(service, round)).get(0);
    }

    static Resource route(int service, int round) {
        return read("""
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: s%1$d, namespace: scale}
                spec: {hosts: [s%1$d], http: [{timeout: %2$dms, route: [{destination: {host: s%1$d}}]}]}
                """.formatted(service, 1000 + round)).get(0);
    }

    static String host(int service) {
        return "s" + service + ".scale.svc.cluster.local";
    }

    private static String service(int i) {
        return """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: s%1$d, namespace: scale}
                spec: {clusterIP: 10.%2$d.%3$d.1, ports: [{name: http, port: 80, targetPort: 8080}]}
                """.formatted(i, 100 + i / 250, i % 250);
    }

    private static String slice(int i, int round) {
        StringBuilder endpoints = new StringBuilder();
        for (int e = 0; e < ENDPOINTS; e++) {
            endpoints.append("- {addresses: [\"10.%d.%d.%d\"]}\n"
                    .formatted(i / 250, i % 250, e + 1 + (e == 0 ? round % 200 + 20 : 0)));
        }
        return """
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: s%1$d, namespace: scale, labels: {kubernetes.io/service-name: s%1$d}}
                ports: [{name: http, port: 8080}]
                endpoints:
                """.formatted(i) + endpoints;
    }

    private static List<Resource> read(String yaml) {
        return ConfigSnapshot.ofYaml("scale.yaml", yaml).resources();
    }
}
