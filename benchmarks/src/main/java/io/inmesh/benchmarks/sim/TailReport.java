package io.inmesh.benchmarks.sim;

import io.inmesh.benchmarks.Verdict;
import io.inmesh.benchmarks.sim.Service.Policy;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code benchmarks/run tail}: what a slow replica does to callers, by policy, over a hundred seeds. */
public final class TailReport {

    private static final int SEEDS = 100;
    private static final double LEAST_SHARE = 0.9995;
    private static final double MOST_OF_ROUND_ROBIN = 1.0 / 3;

    private TailReport() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        out.println("11 servers, one at 2 s for 30 s of a minute, 1,000 calls a second, " + SEEDS + " seeds");
        out.println("policy          within 1 s      p50       p99     p99.9   worst seed");
        Map<Policy, Summary> summaries = new EnumMap<>(Policy.class);
        for (Policy policy : Policy.values()) {
            Summary summary = Summary.of(policy, SEEDS);
            summaries.put(policy, summary);
            out.printf(
                    Locale.ROOT,
                    "%-14s %10.4f %% %6.1f ms %6.1f ms %6.1f ms %10.4f %%%n",
                    policy,
                    100 * summary.within,
                    summary.p50 / 1e6,
                    summary.p99 / 1e6,
                    summary.p999 / 1e6,
                    100 * summary.worst);
        }
        Summary ewma = Objects.requireNonNull(summaries.get(Policy.PEAK_EWMA));
        double tail = ewma.p999 / (double) Objects.requireNonNull(summaries.get(Policy.ROUND_ROBIN)).p999;
        out.printf(
                Locale.ROOT, "p99.9 of peak EWMA is %.4f of round robin's (limit %.4f)%n", tail, MOST_OF_ROUND_ROBIN);
        boolean ok = ewma.within >= LEAST_SHARE && tail <= MOST_OF_ROUND_ROBIN;
        out.println(new Verdict("tail", 100 * ewma.within, 100 * LEAST_SHARE, "% within 1 s", ok).json());
    }

    /** All seeds together, and the seed with the smallest share within a second. */
    record Summary(double within, long p50, long p99, long p999, double worst) {

        static Summary of(Policy policy, int seeds) {
            long[] all = new long[0];
            double worst = 1;
            for (int seed = 0; seed < seeds; seed++) {
                long[] one = Tail.minute(policy, seed);
                worst = Math.min(worst, within(one));
                int before = all.length;
                all = Arrays.copyOf(all, before + one.length);
                System.arraycopy(one, 0, all, before, one.length);
            }
            Arrays.sort(all);
            return new Summary(within(all), at(all, 0.5), at(all, 0.99), at(all, 0.999), worst);
        }

        static double within(long[] latencies) {
            return Arrays.stream(latencies)
                            .filter(nanos -> nanos <= 1_000_000_000L)
                            .count()
                    / (double) latencies.length;
        }

        private static long at(long[] sorted, double quantile) {
            return sorted[(int) Math.min(sorted.length - 1, (long) Math.ceil(quantile * sorted.length) - 1)];
        }
    }
}
