package io.inmesh.benchmarks.sim;

import io.inmesh.benchmarks.sim.Service.Policy;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.host.Host;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A slow replica: eleven servers that answer in about ten milliseconds, one of which takes two seconds for the middle half of a minute;
 * a thousand calls a second.
 */
final class Tail {

    private static final int SERVERS = 11;
    private static final double CALLS_A_SECOND = 1000;
    private static final long SECOND = 1_000_000_000L;
    private static final long SLOW_FROM = 15 * SECOND;
    private static final long SLOW_UNTIL = 45 * SECOND;
    private static final long SLOW_NANOS = 2 * SECOND;

    private final Simulated time = new Simulated();
    private final SplittableRandom chance;
    private final UpstreamCluster cluster;
    private final long endNanos;
    private long[] latencies = new long[1 << 16];
    private int answered;

    private Tail(Policy policy, long seed, long endNanos) {
        this.endNanos = endNanos;
        chance = new SplittableRandom(seed);
        cluster = Service.of(policy, SERVERS, CircuitBreakers.DEFAULT, time, chance);
    }

    /** The latencies of a minute's calls in nanoseconds, in no order. */
    static long[] minute(Policy policy, long seed) {
        return run(policy, seed, 60);
    }

    static long[] run(Policy policy, long seed, int seconds) {
        Tail tail = new Tail(policy, seed, seconds * SECOND);
        tail.nextCall();
        // Long enough for the last answer.
        tail.time.run(tail.endNanos + 2 * SLOW_NANOS);
        return Arrays.copyOf(tail.latencies, tail.answered);
    }

    private void nextCall() {
        long pause = (long) (-Math.log(1 - chance.nextDouble()) * SECOND / CALLS_A_SECOND);
        time.after(pause, () -> {
            if (time.nanoTime() < endNanos) {
                call();
                nextCall();
            }
        });
    }

    /** What the pipeline does around an attempt. */
    private void call() {
        long start = time.nanoTime();
        Endpoint endpoint = Objects.requireNonNull(cluster.balancer().pick(chance));
        Host host = endpoint.host();
        if (host.activeRequests().get() == 0) {
            host.latency().wakes(start);
        }
        host.activeRequests().increment();
        time.after(service(host, start), () -> {
            long elapsed = time.nanoTime() - start;
            host.activeRequests().decrement();
            host.latency().observe(elapsed, time.nanoTime());
            record(elapsed);
        });
    }

    private long service(Host host, long now) {
        boolean slow = host.address().equals("10.0.0.0:8080") && now >= SLOW_FROM && now < SLOW_UNTIL;
        return slow ? SLOW_NANOS : 5_000_000 + (long) (-Math.log(1 - chance.nextDouble()) * 5_000_000);
    }

    private void record(long elapsed) {
        if (answered == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * answered);
        }
        latencies[answered++] = elapsed;
    }
}
