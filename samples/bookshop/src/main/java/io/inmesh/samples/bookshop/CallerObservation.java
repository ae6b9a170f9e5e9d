package io.inmesh.samples.bookshop;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts every request that reached the application as {@code bookshop_requests_total}, by the identity in the caller's TLS
 * session, the first segment of the path and the status. What a policy stopped before the application is not counted.
 */
public final class CallerObservation extends OncePerRequestFilter {

    private final MeterRegistry meters;

    public CallerObservation(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } finally {
            meters.counter(
                            "bookshop.requests",
                            "peer",
                            Caller.of(request),
                            "resource",
                            resource(request.getRequestURI()),
                            "status",
                            Integer.toString(response.getStatus()))
                    .increment();
        }
    }

    private static String resource(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }
}
