package io.inmesh.benchmarks.endtoend;

/** The mesh of a {@link Rig}: one workload behind two services, one with mutual TLS and one without. */
final class RigConfig {

    private RigConfig() {}

    static String yaml(Ports ports) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: mutual, namespace: bench}
                spec: {clusterIP: 10.0.0.10, selector: {app: called}, ports: [{name: http, port: 80, targetPort: %1$d}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: open, namespace: bench}
                spec: {clusterIP: 10.0.0.11, selector: {app: called}, ports: [{name: http-open, port: 80, targetPort: %2$d}]}
                ---
                apiVersion: networking.istio.io/v1
                kind: WorkloadEntry
                metadata: {name: called, namespace: bench}
                spec:
                  address: 127.0.0.1
                  serviceAccount: called
                  labels: {app: called, security.istio.io/tlsMode: istio}
                  ports: {http: %1$d, http-open: %2$d}
                ---
                apiVersion: security.istio.io/v1
                kind: PeerAuthentication
                metadata: {name: called, namespace: bench}
                spec:
                  selector: {matchLabels: {app: called}}
                  mtls: {mode: STRICT}
                  portLevelMtls: {%2$d: {mode: DISABLE}}
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: open, namespace: bench}
                spec: {host: open, trafficPolicy: {tls: {mode: DISABLE}}}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: caller, namespace: bench}
                """.formatted(ports.mutual(), ports.open());
    }
}
