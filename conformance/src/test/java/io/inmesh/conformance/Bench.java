package io.inmesh.conformance;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.EndpointAddresses;
import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.side.Side;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** One side of ours and upstreams of its own, so that many can be asked at the same time. Not thread-safe. */
final class Bench implements AutoCloseable {

    private final Reference reference;
    private final EchoServers upstreams;
    private final Side side;

    /** How a side of ours is made. */
    @FunctionalInterface
    interface Start {
        Side side(Carrier carrier, Configuration configuration, EchoServers upstreams, RandomGenerator chance);
    }

    /**
     * Starts the side.
     *
     * @param configuration the scenario's, or a mistaken one
     */
    Bench(Reference reference, Configuration configuration, Start start, long seed) {
        this.reference = reference;
        this.upstreams = ScenarioComparison.upstreams(reference.scenario());
        upstreams.name(reference.scenario().names());
        this.side = start.side(
                reference.carrier(), EndpointAddresses.local(configuration, upstreams), upstreams, new Random(seed));
    }

    /** Where the side disagrees about a row. */
    List<String> disagreements(Row row) {
        return reference.disagreements(row, new ScenarioRun(reference.scenario(), upstreams).row(side, row));
    }

    @Override
    public void close() {
        side.close();
        upstreams.close();
    }
}
