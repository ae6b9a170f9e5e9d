package io.inmesh.benchmarks.sim;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.benchmarks.Verdict;
import io.inmesh.benchmarks.sim.Service.Policy;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.host.Ejections;
import io.inmesh.client.host.Host;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * {@code benchmarks/run endpoints}: what a pick costs among few and many endpoints, and what it costs to follow when one is ejected and
 * returns. Sizes take turns within a run, and the best of many rounds counts, so that a busy machine does not.
 */
public final class EndpointsReport {

    private static final int[] SIZES = {10, 100, 1_000, 10_000, 100_000};
    private static final int ROUNDS = 60;
    private static final int PICKS = 200_000;
    private static final int CHANGES = 4_000;
    // Few enough to stay in the cache at every size: what is asked is what a change does, not how far memory is.
    private static final int CHANGED = 10;
    private static final double MOST_FOR_A_PICK = 1.5;
    private static final double MOST_FOR_A_CHANGE = 2.0;

    private EndpointsReport() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        List<Measured> measured = new ArrayList<>();
        for (int size : SIZES) {
            measured.add(new Measured(size));
        }
        for (int round = 0; round < ROUNDS; round++) {
            measured.forEach(Measured::round);
        }
        out.println("endpoints   a pick    an ejection and its end, each followed by a pick");
        measured.forEach(
                one -> out.printf(Locale.ROOT, "%9d %6.1f ns %10.0f ns%n", one.size, one.bestPick, one.bestChange));
        double pick = measured.get(SIZES.length - 1).bestPick / measured.get(0).bestPick;
        double change = measured.get(SIZES.length - 1).bestChange / measured.get(2).bestChange;
        out.printf(Locale.ROOT, "a change among 100,000 against 1,000: %.2f (limit %.2f)%n", change, MOST_FOR_A_CHANGE);
        boolean ok = pick <= MOST_FOR_A_PICK && change <= MOST_FOR_A_CHANGE;
        out.println("picks that found nobody: "
                + measured.stream().mapToLong(one -> one.expected - one.sink).sum());
        out.println(new Verdict("endpoints", pick, MOST_FOR_A_PICK, "x a pick among 10", ok).json());
    }

    private static final class Measured {

        private final int size;
        private final RandomGenerator chance = () -> ThreadLocalRandom.current().nextLong();
        private final UpstreamCluster cluster;
        private final List<Host> hosts;
        // Keeps the compiler from leaving picks out.
        private long sink;
        private long expected;
        private double bestPick = Double.MAX_VALUE;
        private double bestChange = Double.MAX_VALUE;

        private Measured(int size) {
            this.size = size;
            cluster = Service.of(Policy.LEAST_REQUEST, size, CircuitBreakers.DEFAULT, MeshClock.system(), chance);
            List<Endpoint> all = cluster.balancer().endpoints().endpoints();
            hosts = IntStream.range(0, CHANGED)
                    .mapToObj(i -> all.get(i * (size / CHANGED)).host())
                    .toList();
        }

        private void round() {
            expected += PICKS + 2L * CHANGES;
            long start = System.nanoTime();
            for (int i = 0; i < PICKS; i++) {
                Endpoint picked = cluster.balancer().pick(chance);
                sink += picked == null ? 0 : 1;
            }
            bestPick = Math.min(bestPick, (System.nanoTime() - start) / (double) PICKS);
            start = System.nanoTime();
            for (int i = 0; i < CHANGES; i++) {
                change(hosts.get(i % CHANGED));
            }
            bestChange = Math.min(bestChange, (System.nanoTime() - start) / (double) CHANGES);
        }

        private void change(Host host) {
            Ejections ejections = cluster.state().ejections();
            underLock(() -> ejections.eject(host, 0, 1));
            sink += cluster.balancer().pick(chance) == null ? 0 : 1;
            underLock(() -> {
                ejections.comeBack(host, 0);
                ejections.forget(host);
            });
            sink += cluster.balancer().pick(chance) == null ? 0 : 1;
        }

        private void underLock(Runnable change) {
            ReentrantLock lock = cluster.state().lock();
            lock.lock();
            try {
                change.run();
            } finally {
                lock.unlock();
            }
        }
    }
}
