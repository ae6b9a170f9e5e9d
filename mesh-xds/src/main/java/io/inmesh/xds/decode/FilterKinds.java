package io.inmesh.xds.decode;

import java.util.Set;

/**
 * Which filters may be there to keep somebody out. One that we do not run is passed over only if it is known to do no such thing; a
 * WebAssembly module or a script can do anything.
 */
final class FilterKinds {

    private static final Set<String> HARMLESS = Set.of(
            // Istio's own: exchange of peer metadata, metrics, the choice of ALPN.
            "envoy.tcp.metadataexchange.config.MetadataExchange",
            "io.istio.http.peer_metadata.Config",
            "stats.PluginConfig",
            "istio.envoy.config.filter.http.alpn.v2alpha1.FilterConfig",
            // Statistics and tracing.
            "envoy.extensions.filters.http.grpc_stats.v3.FilterConfig",
            "envoy.extensions.filters.http.tap.v3.Tap",
            // What browsers may do is for browsers to keep to.
            "envoy.extensions.filters.http.cors.v3.Cors",
            // Bodies in another form.
            "envoy.extensions.filters.http.buffer.v3.Buffer",
            "envoy.extensions.filters.http.compressor.v3.Compressor",
            "envoy.extensions.filters.http.decompressor.v3.Decompressor",
            "envoy.extensions.filters.http.grpc_web.v3.GrpcWeb",
            "envoy.extensions.filters.http.grpc_json_transcoder.v3.GrpcJsonTranscoder",
            "envoy.extensions.filters.http.grpc_http1_bridge.v3.Config",
            // Load, a matter of traffic.
            "envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit",
            "envoy.extensions.filters.http.ratelimit.v3.RateLimit",
            "envoy.extensions.filters.http.adaptive_concurrency.v3.AdaptiveConcurrency",
            "envoy.extensions.filters.http.admission_control.v3.AdmissionControl",
            "envoy.extensions.filters.http.bandwidth_limit.v3.BandwidthLimit",
            "envoy.extensions.filters.http.health_check.v3.HealthCheck",
            "envoy.extensions.filters.http.stateful_session.v3.StatefulSession",
            "envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit",
            "envoy.extensions.filters.network.local_ratelimit.v3.LocalRateLimit");

    private FilterKinds() {}

    static boolean maySecure(Extension config) {
        return !HARMLESS.contains(config.typeName());
    }
}
