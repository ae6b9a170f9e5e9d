package io.inmesh.client.compile;

import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.client.resilience.FaultAbort;
import io.inmesh.client.resilience.FaultDelay;
import io.inmesh.client.resilience.FaultPolicy;
import io.inmesh.client.resilience.FaultPolicy.Answer;
import io.inmesh.xds.model.route.HttpFault;
import io.inmesh.xds.model.route.PerFilterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Faults of the most specific level that says something about them. */
final class FaultCompiler {

    private static final String FILTER = "envoy.filters.http.fault";

    private final RouteScope scope;

    FaultCompiler(RouteScope scope) {
        this.scope = scope;
    }

    /**
     * Compiles the faults of a route or of one of its clusters.
     *
     * @param levels the most specific first
     * @return null if nothing is injected
     */
    @Nullable
    FaultPolicy compile(List<Map<String, PerFilterConfig>> levels) {
        for (Map<String, PerFilterConfig> level : levels) {
            PerFilterConfig config = level.get(FILTER);
            if (config != null) {
                return config instanceof PerFilterConfig.Fault fault ? compile(fault.fault()) : null;
            }
        }
        return null;
    }

    private @Nullable FaultPolicy compile(HttpFault fault) {
        List<HeaderMatcher> headers = new ArrayList<>();
        for (int i = 0; i < fault.headers().size(); i++) {
            Optional<HeaderMatcher> matcher =
                    scope.matchers().header(fault.headers().get(i));
            if (matcher.isEmpty()) {
                scope.unsupported("typed_per_filter_config{" + FILTER + "}.headers[" + i + "]", "no fault is injected");
                return null;
            }
            headers.add(matcher.orElseThrow());
        }
        Long most = fault.maxActiveFaults();
        return new FaultPolicy(
                delay(fault.delay()),
                abort(fault.abort()),
                headers,
                fault.upstreamCluster(),
                most == null ? null : scope.activeFaults().get(),
                most == null ? Long.MAX_VALUE : most);
    }

    private static @Nullable FaultDelay delay(HttpFault.@Nullable Delay delay) {
        if (delay == null) {
            return null;
        }
        long nanos = delay.fixedDelay() == null ? FaultDelay.BY_HEADER : TimeoutsCompiler.nanos(delay.fixedDelay());
        return new FaultDelay(nanos, Matchers.fraction(delay.percentage()));
    }

    private static @Nullable FaultAbort abort(HttpFault.@Nullable Abort abort) {
        if (abort == null) {
            return null;
        }
        // To a request that is not gRPC's, Envoy sends a gRPC abort as a 200 that carries the status in headers.
        Answer answer = abort instanceof HttpFault.Abort.Http http
                ? new Answer(http.status(), -1)
                : abort instanceof HttpFault.Abort.Grpc grpc ? new Answer(200, grpc.status()) : null;
        return new FaultAbort(answer, Matchers.fraction(abort.percentage()));
    }
}
