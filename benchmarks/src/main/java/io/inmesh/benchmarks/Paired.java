package io.inmesh.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two pieces of work, measured in alternating short blocks of one thread by its own CPU time and bytes, so that whatever else the machine
 * does meets both. The first is also measured against itself: where that does not come out at 1, the run says nothing.
 */
final class Paired {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RESAMPLES = 2_000;
    private static final double SAME = 0.03;

    private final double[] ratios;
    private final double[] controls;
    private final double[] nanosOfFirst;
    private double bytesOfFirst = Double.MAX_VALUE;
    private double bytesOfSecond = Double.MAX_VALUE;

    private Paired(int rounds) {
        ratios = new double[rounds];
        controls = new double[rounds];
        nanosOfFirst = new double[rounds];
    }

    /** Something that is done over and over. */
    interface Work {
        void once() throws Exception;
    }

    static Paired measure(Work first, Work second, int rounds, int block) throws Exception {
        Paired paired = new Paired(rounds);
        for (int i = 0; i < 20; i++) {
            block(first, block);
            block(second, block);
        }
        for (int round = 0; round < rounds; round++) {
            Block before = block(first, block);
            Block other = block(second, block);
            Block after = block(first, block);
            paired.ratios[round] = other.nanos / ((before.nanos + after.nanos) / 2);
            paired.controls[round] = after.nanos / before.nanos;
            paired.nanosOfFirst[round] = before.nanos;
            paired.bytesOfFirst = Math.min(paired.bytesOfFirst, before.bytes);
            paired.bytesOfSecond = Math.min(paired.bytesOfSecond, other.bytes);
        }
        return paired;
    }

    private static Block block(Work work, int times) throws Exception {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            work.once();
        }
        return new Block(
                (double) (THREADS.getCurrentThreadCpuTime() - nanos) / times,
                (double) (THREADS.getCurrentThreadAllocatedBytes() - bytes) / times);
    }

    double ratio() {
        return median(ratios);
    }

    /** The first's CPU time for one. */
    double nanosOfFirst() {
        return median(nanosOfFirst);
    }

    /** Upper end of the ratio's 95 % interval. */
    double upper() {
        SplittableRandom random = new SplittableRandom(1);
        double[] medians = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            medians[i] = median(random.ints(ratios.length, 0, ratios.length)
                    .mapToDouble(index -> ratios[index])
                    .toArray());
        }
        Arrays.sort(medians);
        return medians[(int) (RESAMPLES * 0.975)];
    }

    double control() {
        return median(controls);
    }

    /** Whether the first agrees with itself. */
    boolean valid() {
        return Math.abs(control() - 1) <= SAME;
    }

    double bytesOfFirst() {
        return bytesOfFirst;
    }

    double bytesOfSecond() {
        return bytesOfSecond;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private record Block(double nanos, double bytes) {}
}
