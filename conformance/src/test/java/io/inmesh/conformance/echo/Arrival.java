package io.inmesh.conformance.echo;

import io.inmesh.conformance.http.Request;

/**
 * A request that reached an upstream.
 *
 * @param endpoint the address ({@code ip:port}) that the configuration gives it
 * @param connection which of all connections to this run's upstreams it came over
 */
public record Arrival(String endpoint, int connection, Request request) {}
