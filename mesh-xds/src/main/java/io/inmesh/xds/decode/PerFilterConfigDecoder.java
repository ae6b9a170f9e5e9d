package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Cors;
import io.inmesh.xds.envoy.Faults.FaultAbort;
import io.inmesh.xds.envoy.Faults.FaultDelay;
import io.inmesh.xds.envoy.Faults.HTTPFault;
import io.inmesh.xds.envoy.Rbacs.RBACPerRoute;
import io.inmesh.xds.envoy.Routes.FilterConfig;
import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.route.CorsPolicy;
import io.inmesh.xds.model.route.HttpFault;
import io.inmesh.xds.model.route.PerFilterConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code typed_per_filter_config}, and {@code HTTPFault}, which is also a filter's own configuration. */
final class PerFilterConfigDecoder {

    private static final FractionalPercent NEVER = new FractionalPercent(0, 100);

    private PerFilterConfigDecoder() {}

    static PerFilterConfig decode(Extension config) {
        if (config.holds(HTTPFault.TYPE)) {
            return new PerFilterConfig.Fault(config.decode(HTTPFault.TYPE, PerFilterConfigDecoder::fault));
        } else if (config.holds(Cors.CorsPolicy.TYPE)) {
            return new PerFilterConfig.Cors(config.decode(Cors.CorsPolicy.TYPE, PerFilterConfigDecoder::cors));
        } else if (config.holds(RBACPerRoute.TYPE)) {
            return config.decode(
                    RBACPerRoute.TYPE,
                    fields -> new PerFilterConfig.RbacOverride(
                            fields.nestedOrNull(RBACPerRoute.RBAC, RbacDecoder::http)));
        } else if (config.holds(FilterConfig.TYPE)) {
            return config.decode(FilterConfig.TYPE, PerFilterConfigDecoder::wrapped);
        }
        config.unsupported();
        return new PerFilterConfig.Unsupported(config.typeUrl());
    }

    private static PerFilterConfig wrapped(Fields fields) {
        return fields.get(FilterConfig.DISABLED)
                ? new PerFilterConfig.Disabled()
                : decode(fields.extension(FilterConfig.CONFIG));
    }

    private static CorsPolicy cors(Fields fields) {
        // Only counters differ where the policy is evaluated without acting.
        fields.ignore(Cors.CorsPolicy.SHADOW_ENABLED);
        return new CorsPolicy(
                fields.each(Cors.CorsPolicy.ALLOW_ORIGIN_STRING_MATCH, MatcherDecoder::string),
                fields.get(Cors.CorsPolicy.ALLOW_METHODS),
                fields.get(Cors.CorsPolicy.ALLOW_HEADERS),
                fields.get(Cors.CorsPolicy.EXPOSE_HEADERS),
                fields.get(Cors.CorsPolicy.MAX_AGE),
                fields.orNull(Cors.CorsPolicy.ALLOW_CREDENTIALS),
                fields.orNull(Cors.CorsPolicy.ALLOW_PRIVATE_NETWORK_ACCESS),
                fields.orNull(Cors.CorsPolicy.FORWARD_NOT_MATCHING_PREFLIGHTS),
                fields.nestedOr(
                        Cors.CorsPolicy.FILTER_ENABLED, FractionalPercent.ALWAYS, MatcherDecoder::runtimeFraction));
    }

    static HttpFault fault(Fields fields) {
        String upstreamCluster = fields.get(HTTPFault.UPSTREAM_CLUSTER);
        return new HttpFault(
                fields.nestedOrNull(HTTPFault.DELAY, PerFilterConfigDecoder::delay),
                fields.nestedOrNull(HTTPFault.ABORT, PerFilterConfigDecoder::abort),
                fields.each(HTTPFault.HEADERS, MatcherDecoder::header),
                upstreamCluster.isEmpty() ? null : upstreamCluster,
                fields.orNull(HTTPFault.MAX_ACTIVE_FAULTS));
    }

    private static HttpFault.@Nullable Delay delay(Fields fields) {
        Duration fixed = fields.orNull(FaultDelay.FIXED_DELAY);
        FractionalPercent percentage = fields.nestedOr(FaultDelay.PERCENTAGE, NEVER, MatcherDecoder::fraction);
        boolean byHeader = fields.nestedOr(FaultDelay.HEADER_DELAY, false, nothing -> true);
        return fixed == null && !byHeader ? null : new HttpFault.Delay(fixed, percentage);
    }

    private static HttpFault.@Nullable Abort abort(Fields fields) {
        FractionalPercent percentage = fields.nestedOr(FaultAbort.PERCENTAGE, NEVER, MatcherDecoder::fraction);
        if (fields.has(FaultAbort.HTTP_STATUS)) {
            return new HttpFault.Abort.Http(status(fields.get(FaultAbort.HTTP_STATUS)), percentage);
        } else if (fields.has(FaultAbort.GRPC_STATUS)) {
            return new HttpFault.Abort.Grpc(status(fields.get(FaultAbort.GRPC_STATUS)), percentage);
        }
        boolean byHeader = fields.nestedOr(FaultAbort.HEADER_ABORT, false, nothing -> true);
        return byHeader ? new HttpFault.Abort.Header(percentage) : null;
    }

    private static int status(long status) {
        return (int) Math.min(status, Integer.MAX_VALUE);
    }
}
