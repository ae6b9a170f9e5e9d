package io.inmesh.benchmarks.sim;

import io.inmesh.benchmarks.sim.Service.Policy;
import io.inmesh.client.resilience.Admission;
import io.inmesh.client.resilience.BackOff;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.CircuitBreakers.RetryBudget;
import io.inmesh.xds.model.cluster.CircuitBreakers.Thresholds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A retry storm: a server that can do a thousand requests a second gets nine hundred. For half a minute whatever it does fails, after the
 * work is done. Callers wait a second at most and retry three times. The server does not notice that a caller has gone, so that its queue
 * is full of requests that nobody waits for: once retries have overloaded it, only fewer of them can end that.
 */
final class Storm {

    private static final double CALLS_A_SECOND = 900;
    private static final int WORKERS = 10;
    private static final long SECOND = 1_000_000_000L;
    private static final long WORK_NANOS = WORKERS * SECOND / 1000;
    private static final long TIMEOUT_NANOS = SECOND;
    private static final int RETRIES = 3;
    private static final long BROKEN_FROM = 10 * SECOND;
    private static final long BROKEN_UNTIL = 40 * SECOND;
    private static final long END = 100 * SECOND;

    private final Simulated time = new Simulated();
    private final SplittableRandom chance;
    private final UpstreamCluster cluster;
    private final Admission admission;
    private final Deque<Attempt> queue = new ArrayDeque<>();
    private int idle = WORKERS;
    private final long[] calls = new long[(int) (END / SECOND)];
    private final long[] good = new long[calls.length];
    private long attemptsWhileBroken;
    private long callsWhileBroken;

    private Storm(@Nullable RetryBudget budget, long seed) {
        chance = new SplittableRandom(seed);
        Thresholds absent = Thresholds.DEFAULT;
        Thresholds thresholds = new Thresholds(
                absent.maxConnections(), absent.maxPendingRequests(), absent.maxRequests(), 0xFFFF_FFFFL, budget);
        cluster = Service.of(Policy.LEAST_REQUEST, 1, new CircuitBreakers(thresholds, absent), time, chance);
        admission = cluster.admission(false);
    }

    /**
     * Runs it.
     *
     * @param budget null: retries are not limited
     */
    static Result run(@Nullable RetryBudget budget, long seed) {
        Storm storm = new Storm(budget, seed);
        storm.nextCall();
        storm.time.run(END);
        return storm.result();
    }

    private Result result() {
        int end = (int) (BROKEN_UNTIL / SECOND);
        return new Result(
                attemptsWhileBroken / (double) callsWhileBroken,
                goodput(end + 1, end + 11),
                goodput(calls.length - 11, calls.length - 1));
    }

    private double goodput(int from, int until) {
        long all = 0;
        long well = 0;
        for (int i = from; i < until; i++) {
            all += calls[i];
            well += good[i];
        }
        return well / (double) all;
    }

    private boolean broken() {
        return time.nanoTime() >= BROKEN_FROM && time.nanoTime() < BROKEN_UNTIL;
    }

    private void nextCall() {
        long pause = (long) (-Math.log(1 - chance.nextDouble()) * SECOND / CALLS_A_SECOND);
        time.after(pause, () -> {
            calls[(int) Math.min(calls.length - 1, time.nanoTime() / SECOND)]++;
            callsWhileBroken += broken() ? 1 : 0;
            new Call(time.nanoTime()).attempt();
            nextCall();
        });
    }

    /** A call with its attempts, as the pipeline makes them. */
    private final class Call {

        private final long begun;
        private int retries;
        private boolean holdsRetry;

        private Call(long begun) {
            this.begun = begun;
        }

        private void attempt() {
            attemptsWhileBroken += broken() ? 1 : 0;
            cluster.state().activeRequests().increment();
            Attempt attempt = new Attempt(this);
            time.after(TIMEOUT_NANOS, () -> attempt.end(false));
            arrive(attempt);
        }

        private void over(boolean success) {
            cluster.state().activeRequests().decrement();
            if (holdsRetry) {
                holdsRetry = false;
                admission.retryEnded();
            }
            if (success) {
                good[(int) (begun / SECOND)]++;
            } else if (retries < RETRIES && admission.tryRetry()) {
                holdsRetry = true;
                retries++;
                // Its intervals are Envoy's.
                long pause = BackOff.DEFAULT.millis(retries, chance);
                time.after(TimeUnit.MILLISECONDS.toNanos(pause), this::attempt);
            }
        }
    }

    /** An attempt, which ends once: answered, or its caller's patience. */
    private static final class Attempt {

        private final Call call;
        private boolean ended;

        private Attempt(Call call) {
            this.call = call;
        }

        private void end(boolean success) {
            if (!ended) {
                ended = true;
                call.over(success);
            }
        }
    }

    private void arrive(Attempt attempt) {
        if (idle == 0) {
            queue.add(attempt);
            return;
        }
        idle--;
        work(attempt);
    }

    private void work(Attempt attempt) {
        time.after(WORK_NANOS, () -> {
            attempt.end(!broken());
            Attempt next = queue.poll();
            if (next == null) {
                idle++;
            } else {
                work(next);
            }
        });
    }

    /**
     * What came of it.
     *
     * @param amplification attempts for a call while everything failed
     * @param recovered share of calls that succeed, from a second after the end of the trouble on, for ten seconds
     * @param lasting the same in the last ten seconds, a minute after the trouble
     */
    record Result(double amplification, double recovered, double lasting) {}
}
