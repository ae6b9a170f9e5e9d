package io.inmesh.conformance.side;

import io.inmesh.conformance.echo.Arrival;
import io.inmesh.conformance.http.Response;
import java.util.List;
import java.util.Set;

/**
 * What became of one request.
 *
 * @param flags Envoy's response flags, or {@code -}
 * @param route the route's name, or {@code -}
 * @param cluster the chosen cluster, or {@code -}
 * @param host the endpoint of the last attempt, by the configuration's address, or {@code -}
 * @param tried the different endpoints of its attempts
 * @param details Envoy's {@code %RESPONSE_CODE_DETAILS%}
 * @param arrivals what reached upstreams, in order
 */
public record Answer(
        Response response,
        String flags,
        String route,
        String cluster,
        int attempts,
        String host,
        Set<String> tried,
        String details,
        List<Arrival> arrivals,
        long elapsedMillis) {

    public Answer {
        tried = Set.copyOf(tried);
        arrivals = List.copyOf(arrivals);
    }
}
