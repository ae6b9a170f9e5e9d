package io.inmesh.client.route;

import io.inmesh.client.match.HostMatcher;

/**
 * A compiled route configuration. Immutable.
 *
 * @param name the route configuration's
 */
public record RouteTable(String name, HostMatcher<CompiledVirtualHost> hosts) {}
