package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Faults.FaultAbort;
import io.inmesh.xds.envoy.Faults.FaultDelay;
import io.inmesh.xds.envoy.Faults.HTTPFault;
import io.inmesh.xds.envoy.Rbacs.RBACPerRoute;
import io.inmesh.xds.envoy.Routes.FilterConfig;
import io.inmesh.xds.model.FractionalPercent;
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

    static HttpFault fault(Fields fields) {
        String upstreamCluster = fields.get(HTTPFault.UPSTREAM_CLUSTER);
        return new HttpFault(
                fields.nestedOrNull(HTTPFault.DELAY, PerFilterConfigDecoder::delay),
                fields.nestedOrNull(HTTPFault.ABORT, PerFilterConfigDecoder::abort),
                fields.each(HTTPFault.HEADERS, MatcherDecoder::header),
                upstreamCluster.isEmpty() ? null : upstreamCluster,
                fields.orNull(HTTPFault.MAX_ACTIVE_FAULTS));
    }

    /** A delay that a request header sets is reported and left out, as is an abort below. */
    private static HttpFault.@Nullable Delay delay(Fields fields) {
        Duration fixed = fields.orNull(FaultDelay.FIXED_DELAY);
        FractionalPercent percentage = fields.nestedOr(FaultDelay.PERCENTAGE, NEVER, MatcherDecoder::fraction);
        return fixed == null ? null : new HttpFault.Delay(fixed, percentage);
    }

    private static HttpFault.@Nullable Abort abort(Fields fields) {
        FractionalPercent percentage = fields.nestedOr(FaultAbort.PERCENTAGE, NEVER, MatcherDecoder::fraction);
        if (fields.has(FaultAbort.HTTP_STATUS)) {
            return new HttpFault.Abort.Http(status(fields.get(FaultAbort.HTTP_STATUS)), percentage);
        } else if (fields.has(FaultAbort.GRPC_STATUS)) {
            return new HttpFault.Abort.Grpc(status(fields.get(FaultAbort.GRPC_STATUS)), percentage);
        }
        return null;
    }

    private static int status(long status) {
        return (int) Math.min(status, Integer.MAX_VALUE);
    }
}
