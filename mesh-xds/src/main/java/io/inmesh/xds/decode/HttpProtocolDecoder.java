package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Clusters;
import io.inmesh.xds.envoy.Clusters.AutoHttpConfig;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.ExplicitHttpConfig;
import io.inmesh.xds.envoy.Clusters.UseDownstreamHttpConfig;
import io.inmesh.xds.envoy.CoreProtocol;
import io.inmesh.xds.envoy.CoreProtocol.Http2ProtocolOptions;
import io.inmesh.xds.envoy.CoreProtocol.KeepaliveSettings;
import io.inmesh.xds.model.cluster.ErrorMatch;
import io.inmesh.xds.model.cluster.HttpProtocolOptions;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Http2Keepalive;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Protocol;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code HttpProtocolOptions} among a cluster's {@code typed_extension_protocol_options}. */
final class HttpProtocolDecoder {

    private static final HttpProtocolOptions DEFAULT = HttpProtocolOptions.DEFAULT;

    private HttpProtocolDecoder() {}

    static HttpProtocolOptions decode(Fields cluster) {
        Map<String, HttpProtocolOptions> options =
                cluster.eachExtension(Cluster.TYPED_EXTENSION_PROTOCOL_OPTIONS, HttpProtocolDecoder::options);
        return options.getOrDefault(Clusters.HttpProtocolOptions.TYPE.fullName(), DEFAULT);
    }

    private static HttpProtocolOptions options(Extension extension) {
        if (extension.holds(Clusters.HttpProtocolOptions.TYPE)) {
            return extension.decode(Clusters.HttpProtocolOptions.TYPE, HttpProtocolDecoder::http);
        }
        extension.unsupported();
        return DEFAULT;
    }

    private static HttpProtocolOptions http(Fields fields) {
        Spoken spoken = spoken(fields);
        ErrorMatch errors =
                fields.nestedOrNull(Clusters.HttpProtocolOptions.OUTLIER_DETECTION, ErrorMatchDecoder::decode);
        return fields.nested(
                Clusters.HttpProtocolOptions.COMMON_HTTP_PROTOCOL_OPTIONS,
                common -> new HttpProtocolOptions(
                        spoken.protocol(),
                        common.or(CoreProtocol.HttpProtocolOptions.IDLE_TIMEOUT, DEFAULT.idleTimeout()),
                        common.or(CoreProtocol.HttpProtocolOptions.MAX_REQUESTS_PER_CONNECTION, 0L),
                        unlessZero(common.orNull(CoreProtocol.HttpProtocolOptions.MAX_CONNECTION_DURATION)),
                        spoken.http2().maxConcurrentStreams(),
                        spoken.http2().keepalive(),
                        errors));
    }

    private record Spoken(Protocol protocol, Http2 http2) {}

    private record Http2(
            @Nullable Long maxConcurrentStreams, @Nullable Http2Keepalive keepalive) {

        private static final Http2 DEFAULT = new Http2(null, null);
    }

    private static Spoken spoken(Fields fields) {
        if (fields.has(Clusters.HttpProtocolOptions.EXPLICIT_HTTP_CONFIG)) {
            return fields.nested(Clusters.HttpProtocolOptions.EXPLICIT_HTTP_CONFIG, HttpProtocolDecoder::explicit);
        } else if (fields.has(Clusters.HttpProtocolOptions.USE_DOWNSTREAM_PROTOCOL_CONFIG)) {
            return fields.nested(
                    Clusters.HttpProtocolOptions.USE_DOWNSTREAM_PROTOCOL_CONFIG,
                    either -> either(
                            either,
                            Protocol.USE_DOWNSTREAM,
                            UseDownstreamHttpConfig.HTTP_PROTOCOL_OPTIONS,
                            UseDownstreamHttpConfig.HTTP2_PROTOCOL_OPTIONS));
        } else if (fields.has(Clusters.HttpProtocolOptions.AUTO_CONFIG)) {
            return fields.nested(
                    Clusters.HttpProtocolOptions.AUTO_CONFIG,
                    either -> either(
                            either,
                            Protocol.AUTO,
                            AutoHttpConfig.HTTP_PROTOCOL_OPTIONS,
                            AutoHttpConfig.HTTP2_PROTOCOL_OPTIONS));
        }
        return new Spoken(Protocol.HTTP1, Http2.DEFAULT);
    }

    private static Spoken explicit(Fields fields) {
        if (fields.has(ExplicitHttpConfig.HTTP2_PROTOCOL_OPTIONS)) {
            return new Spoken(Protocol.HTTP2, http2(fields, ExplicitHttpConfig.HTTP2_PROTOCOL_OPTIONS));
        }
        // Reported as any other field, but saying HTTP/1.1 to such a peer would be wrong.
        Protocol protocol = fields.hasOther("http3_protocol_options") ? Protocol.HTTP3 : Protocol.HTTP1;
        fields.nested(ExplicitHttpConfig.HTTP_PROTOCOL_OPTIONS, http1 -> protocol);
        return new Spoken(protocol, Http2.DEFAULT);
    }

    private static Spoken either(Fields fields, Protocol protocol, Field<Message> http1, Field<Message> http2) {
        fields.nested(http1, nothing -> protocol);
        return new Spoken(protocol, http2(fields, http2));
    }

    private static Http2 http2(Fields fields, Field<Message> http2) {
        return fields.nestedOr(
                http2,
                Http2.DEFAULT,
                options -> new Http2(
                        options.orNull(Http2ProtocolOptions.MAX_CONCURRENT_STREAMS),
                        options.nestedOrNull(
                                Http2ProtocolOptions.CONNECTION_KEEPALIVE, HttpProtocolDecoder::keepalive)));
    }

    /** Without an interval there are no probes. */
    private static @Nullable Http2Keepalive keepalive(Fields fields) {
        Duration interval = unlessZero(fields.orNull(KeepaliveSettings.INTERVAL));
        Duration timeout = fields.or(KeepaliveSettings.TIMEOUT, Duration.ZERO);
        return interval == null ? null : new Http2Keepalive(interval, timeout);
    }

    private static @Nullable Duration unlessZero(@Nullable Duration duration) {
        return duration == null || duration.isZero() ? null : duration;
    }
}
