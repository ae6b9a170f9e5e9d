package io.inmesh.conformance.mutate;

import io.inmesh.conformance.config.Configuration;

/**
 * A configuration with one mistake in it, as if our side read it wrong.
 *
 * @param what the mistake and where it is, in words
 */
public record Mutation(String what, Configuration configuration) {}
