package io.inmesh.conformance.echo;

import io.inmesh.conformance.http.Request;

/**
 * A request that reached an upstream.
 *
 * @param endpoint the address ({@code ip:port}) that the configuration gives it
 */
public record Arrival(String endpoint, Request request) {}
