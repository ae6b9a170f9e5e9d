package io.inmesh.client.route;

import io.inmesh.client.resilience.FaultPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One route. Immutable.
 *
 * @param name may be empty
 * @param virtualHost name of the virtual host that it is in
 * @param operation name for spans; may be empty
 * @param istioConfig path of the VirtualService that it comes from; may be empty
 * @param origin file and line, or resource version, of that; may be empty
 * @param fault null if none is injected
 * @param written which of its fields an operator wrote
 */
public record CompiledRoute(
        String name,
        String virtualHost,
        String operation,
        String istioConfig,
        String origin,
        RouteMatcher matcher,
        RouteTarget target,
        @Nullable FaultPolicy fault,
        OperatorFields written) {

    /** A route of which nobody tells what an operator wrote, nor where. */
    public CompiledRoute(
            String name,
            String virtualHost,
            String operation,
            String istioConfig,
            RouteMatcher matcher,
            RouteTarget target,
            @Nullable FaultPolicy fault) {
        this(name, virtualHost, operation, istioConfig, "", matcher, target, fault, OperatorFields.UNTOLD);
    }
}
