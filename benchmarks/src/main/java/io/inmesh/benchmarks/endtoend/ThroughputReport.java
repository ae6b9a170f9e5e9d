package io.inmesh.benchmarks.endtoend;

import io.inmesh.benchmarks.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** How many calls a second go over eight connections: ours with mTLS, and two Envoys with mTLS. */
final class ThroughputReport {

    private static final int CONNECTIONS = 8;
    private static final int ROUNDS = Integer.getInteger("rounds", 10);
    private static final int SECONDS = Integer.getInteger("seconds", 5);
    private static final double LIMIT = 5;
    private static final double SAME = 0.03;

    private ThroughputReport() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        double[] first = new double[ROUNDS];
        double[] pair = new double[ROUNDS];
        double[] second = new double[ROUNDS];
        try (Rig rig = new Rig(Files.createTempDirectory("inmesh-throughput"), true)) {
            rate(rig, Way.MESH_MUTUAL);
            rate(rig, Way.ENVOY_PAIR);
            for (int round = 0; round < ROUNDS; round++) {
                first[round] = rate(rig, Way.MESH_MUTUAL);
                pair[round] = rate(rig, Way.ENVOY_PAIR);
                second[round] = rate(rig, Way.MESH_MUTUAL);
            }
        }
        double control = Rounds.median(ROUNDS, i -> second[i] / first[i]);
        double ratio = Rounds.median(ROUNDS, i -> (first[i] + second[i]) / 2 / pair[i]);
        double[] interval = Rounds.interval(
                ROUNDS,
                rounds -> Rounds.median(rounds.stream()
                        .mapToDouble(i -> (first[i] + second[i]) / 2 / pair[i])
                        .toArray()));
        System.out.printf(
                Locale.ROOT,
                "ours %.0f calls/s, Envoys %.0f calls/s: %.2f times (%.2f to %.2f), A/A %.3f%n",
                Rounds.median(first),
                Rounds.median(pair),
                ratio,
                interval[0],
                interval[1],
                control);
        boolean ok = Math.abs(control - 1) <= SAME && interval[0] >= LIMIT;
        System.out.println(new Verdict("throughput", ratio, LIMIT, "times the rate of two Envoys", ok).json());
    }

    private static double rate(Rig rig, Way way) throws IOException {
        return rig.flood(way, SECONDS, CONNECTIONS).result().achieved();
    }
}
