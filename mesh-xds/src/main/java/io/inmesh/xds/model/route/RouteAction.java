package io.inmesh.xds.model.route;

import java.util.Objects;

/** What a route does with a request. */
public sealed interface RouteAction
        permits Forward, Redirect, DirectResponse, RouteAction.NonForwarding, RouteAction.Unsupported {

    /** An inbound route of gRPC servers: the request is not forwarded. */
    record NonForwarding() implements RouteAction {}

    /** An action that Inmesh does not know. The route matches, and its requests cannot be served. */
    record Unsupported(String field) implements RouteAction {
        public Unsupported {
            Objects.requireNonNull(field, "field");
        }
    }
}
