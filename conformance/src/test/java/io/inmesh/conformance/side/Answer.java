package io.inmesh.conformance.side;

import io.inmesh.conformance.echo.Arrival;
import io.inmesh.conformance.http.Response;
import java.util.List;

/**
 * What became of one request.
 *
 * @param flags Envoy's response flags, or {@code -}
 * @param route the route's name, or {@code -}
 * @param cluster the chosen cluster, or {@code -}
 * @param host the endpoint of the last attempt, by the configuration's address, or {@code -}
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
        String details,
        List<Arrival> arrivals,
        long elapsedMillis) {

    public Answer {
        arrivals = List.copyOf(arrivals);
    }
}
