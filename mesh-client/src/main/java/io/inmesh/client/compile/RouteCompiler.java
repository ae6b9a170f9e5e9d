package io.inmesh.client.compile;

import io.inmesh.client.match.Fraction;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.match.QueryMatcher;
import io.inmesh.client.resilience.FaultPolicy;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.OperatorFields;
import io.inmesh.client.route.RouteMatcher;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.route.DirectResponse;
import io.inmesh.xds.model.route.Forward;
import io.inmesh.xds.model.route.HttpFault;
import io.inmesh.xds.model.route.PerFilterConfig;
import io.inmesh.xds.model.route.Redirect;
import io.inmesh.xds.model.route.Route;
import io.inmesh.xds.model.route.RouteAction;
import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.model.route.RouteMatch;
import io.inmesh.xds.model.route.VirtualHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One route in, one compiled route out. */
final class RouteCompiler {

    private static final String FAULT_FILTER = "envoy.filters.http.fault";

    private final RouteConfiguration table;
    private final VirtualHost host;
    private final Findings findings;
    private final String path;

    RouteCompiler(RouteConfiguration table, VirtualHost host, Findings findings, String path) {
        this.table = table;
        this.host = host;
        this.findings = findings;
        this.path = path;
    }

    CompiledRoute compile(Route route) {
        return new CompiledRoute(
                route.name(),
                host.name(),
                Objects.requireNonNullElse(route.decorator(), ""),
                route.metadata().istioConfig().orElse(""),
                matcher(route.match()),
                target(route),
                fault(route),
                OperatorFields.of(route.metadata()));
    }

    private RouteMatcher matcher(RouteMatch match) {
        List<String> never = new ArrayList<>();
        Optional<PathMatcher> pathMatcher = Matchers.path(match.path());
        if (pathMatcher.isEmpty()) {
            never.add("match");
        }
        List<HeaderMatcher> headers = new ArrayList<>();
        for (int i = 0; i < match.headers().size(); i++) {
            Matchers.header(match.headers().get(i)).ifPresentOrElse(headers::add, addTo(never, "match.headers", i));
        }
        List<QueryMatcher> query = new ArrayList<>();
        for (int i = 0; i < match.queryParameters().size(); i++) {
            Matchers.query(match.queryParameters().get(i))
                    .ifPresentOrElse(query::add, addTo(never, "match.query_parameters", i));
        }
        never.forEach(field -> findings.unsupported(path + "." + field, "the route never matches"));
        Fraction fraction = match.runtimeFraction() == null ? null : Matchers.fraction(match.runtimeFraction());
        return new RouteMatcher(
                pathMatcher.orElse(new PathMatcher.Prefix("", true)),
                headers,
                query,
                fraction,
                match.grpc(),
                never.isEmpty() ? null : never.get(0));
    }

    private static Runnable addTo(List<String> list, String field, int index) {
        return () -> list.add(field + "[" + index + "]");
    }

    private RouteTarget target(Route route) {
        RouteAction action = route.action();
        List<HeaderMutations> levels = List.of(route.headers(), host.headers(), table.headers());
        if (action instanceof Forward forward) {
            return new ForwardCompiler(table, host, findings, path).compile(forward, route, levels);
        }
        if (action instanceof DirectResponse direct) {
            HeaderEditsCompiler headers =
                    new HeaderEditsCompiler(levels, table.mostSpecificHeaderMutationsWins(), findings, path);
            return new RouteTarget.DirectResponse(direct.status(), direct.body(), headers.response());
        }
        if (action instanceof Redirect redirect) {
            return new RouteTarget.Redirect(
                    redirect.responseCode(),
                    redirect.scheme(),
                    redirect.host(),
                    redirect.port() == null ? -1 : redirect.port(),
                    redirect.path() == null
                            ? null
                            : RewriteCompiler.path(
                                    redirect.path(), route.match().path()),
                    redirect.stripQuery());
        }
        String field = action instanceof RouteAction.Unsupported other ? other.field() : "non_forwarding_action";
        findings.unsupported(path + "." + field, "requests that match are answered with 404");
        return new RouteTarget.Unsupported(field);
    }

    private @Nullable FaultPolicy fault(Route route) {
        for (Map<String, PerFilterConfig> level :
                List.of(route.perFilterConfig(), host.perFilterConfig(), table.perFilterConfig())) {
            PerFilterConfig config = level.get(FAULT_FILTER);
            if (config != null) {
                return config instanceof PerFilterConfig.Fault fault ? fault(fault.fault()) : null;
            }
        }
        return null;
    }

    private @Nullable FaultPolicy fault(HttpFault fault) {
        String field = path + ".typed_per_filter_config{" + FAULT_FILTER + "}";
        List<HeaderMatcher> headers = new ArrayList<>();
        for (int i = 0; i < fault.headers().size(); i++) {
            Optional<HeaderMatcher> matcher = Matchers.header(fault.headers().get(i));
            if (matcher.isEmpty()) {
                findings.unsupported(field + ".headers[" + i + "]", "no fault is injected");
                return null;
            }
            headers.add(matcher.orElseThrow());
        }
        if (fault.maxActiveFaults() != null) {
            findings.unsupported(field + ".max_active_faults");
        }
        HttpFault.Delay delay = fault.delay();
        HttpFault.Abort abort = fault.abort();
        int grpcStatus = abort instanceof HttpFault.Abort.Grpc grpc ? grpc.status() : -1;
        return new FaultPolicy(
                delay == null ? 0 : delay.fixedDelay().toNanos(),
                delay == null ? Fraction.NONE : Matchers.fraction(delay.percentage()),
                // To a request that is not gRPC's, Envoy sends a gRPC abort as a 200 that carries the status in
                // headers.
                abort instanceof HttpFault.Abort.Http http ? http.status() : grpcStatus >= 0 ? 200 : 0,
                grpcStatus,
                abort == null ? Fraction.NONE : Matchers.fraction(abort.percentage()),
                headers,
                fault.upstreamCluster());
    }
}
