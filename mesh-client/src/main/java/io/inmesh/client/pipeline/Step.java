package io.inmesh.client.pipeline;

/** One step of a request's way: it decides, writes what it decided into the call, and never waits. Stateless and thread-safe. */
@FunctionalInterface
interface Step {

    Next run(OutboundCall call);
}
