package io.inmesh.client.pipeline;

import io.inmesh.client.route.HeaderEditor;

/**
 * Headers of Envoy's that a caller outside has no say in. A sidecar takes its own application for such a caller: with Istio's settings
 * ({@code use_remote_address} off, no internal addresses) Envoy takes these away before it looks at them.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/header_sanitizing">Envoy, header sanitizing</a>
 */
final class CallerHeaders {

    private static final String PREFIX = "x-envoy-";
    private static final String[] NAMES = {
        "x-envoy-expected-rq-timeout-ms",
        "x-envoy-force-trace",
        "x-envoy-hedge-on-per-try-timeout",
        "x-envoy-internal",
        "x-envoy-ip-tags",
        "x-envoy-max-retries",
        "x-envoy-original-url",
        "x-envoy-retriable-header-names",
        "x-envoy-retriable-status-codes",
        "x-envoy-retry-grpc-on",
        "x-envoy-retry-on",
        "x-envoy-upstream-alt-stat-name",
        "x-envoy-upstream-rq-per-try-timeout-ms",
        "x-envoy-upstream-rq-timeout-alt-response",
        "x-envoy-upstream-rq-timeout-ms",
        "x-envoy-upstream-stream-duration-ms"
    };

    // A peer's certificate is told by whoever has seen it; the others hold for one connection only.
    private static final String[] OTHERS = {"keep-alive", "proxy-connection", "x-forwarded-client-cert"};

    private CallerHeaders() {}

    static void remove(OutboundCall call, HeaderEditor headers) {
        if (call.request.mayHaveHeaders(PREFIX)) {
            for (String name : NAMES) {
                headers.remove(name);
            }
        }
        for (String name : OTHERS) {
            if (call.request.mayHaveHeaders(name)) {
                headers.remove(name);
            }
        }
    }
}
