package io.inmesh.client.route;

import io.inmesh.api.spi.CallReport;
import io.inmesh.client.authz.SecurityFilter;
import io.inmesh.xds.model.listener.ForwardedClient;
import java.util.List;
import java.util.Objects;

/**
 * What an inbound connection manager does with requests. Immutable.
 *
 * @param connectionFilters judge the connection before its requests; whom they deny gets no answer
 * @param filters the filters that may deny, in the wire's order
 * @param forwardedClient what becomes of headers that tell about the caller
 * @param service what callers name; for reports only
 */
public record InboundHttp(
        List<SecurityFilter> connectionFilters,
        List<SecurityFilter> filters,
        ForwardedClient forwardedClient,
        CallReport.Service service) {

    public InboundHttp {
        connectionFilters = List.copyOf(connectionFilters);
        filters = List.copyOf(filters);
        Objects.requireNonNull(forwardedClient, "forwardedClient");
        Objects.requireNonNull(service, "service");
    }
}
