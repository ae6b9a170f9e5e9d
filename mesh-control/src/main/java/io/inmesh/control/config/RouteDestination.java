package io.inmesh.control.config;

/**
 * One of a route's weighted destinations.
 *
 * @param weight the share in the sum of all; 0 gets nothing if there are several
 */
public record RouteDestination(Destination destination, int weight, HeaderOperations headers) {

    static RouteDestination read(Fields route) {
        Destination destination = route.object("destination", Destination::read)
                .orElseThrow(() -> route.invalid("destination", "is required"));
        return new RouteDestination(
                destination, route.integer("weight", 0, Integer.MAX_VALUE).orElse(0), HeaderOperations.of(route));
    }
}
