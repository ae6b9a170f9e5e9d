package io.inmesh.client.pipeline;

/**
 * What a library can do and a sidecar does not: named switches. {@link #NOTHING} is Envoy's behaviour, which conformance compares.
 *
 * @param retrySafety clusters without a retry budget of the operator's have one of 20 % with room for a burst, and where a route allows
 *     retries, calls of idempotent methods are repeated after any broken connection
 * @param deadlines what is left of an inbound request's time bounds the calls that are made for it
 */
public record BeyondEnvoy(boolean retrySafety, boolean deadlines) {

    public static final BeyondEnvoy NOTHING = new BeyondEnvoy(false, false);
}
