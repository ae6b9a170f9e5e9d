package io.inmesh.benchmarks.endtoend;

import io.inmesh.benchmarks.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What do our mTLS calls cost beyond OkHttp alone, beside what two Envoys with mTLS cost beyond it, at the same rate? */
final class EnvoyPairReport {

    private static final int RATE = 1000;
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = Integer.getInteger("rounds", 12);
    private static final int SECONDS = Integer.getInteger("seconds", 10);
    private static final double CPU_LIMIT = 50;
    private static final double LATENCY_LIMIT = 30;
    private static final double LEAST_RATE = 0.99;
    private static final double SAME = 0.03;
    private static final List<Way> TURNS = List.of(Way.BARE, Way.MESH_MUTUAL, Way.ENVOY_PAIR, Way.TLS, Way.BARE);

    private final Map<Way, List<Rig.Block>> blocks = new EnumMap<>(Way.class);

    private EnvoyPairReport() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        EnvoyPairReport report = new EnvoyPairReport();
        try (Rig rig = new Rig(Files.createTempDirectory("inmesh-pair"), true)) {
            for (Way way : TURNS) {
                rig.at(RATE, way, SECONDS, CONNECTIONS);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Way way : TURNS) {
                    report.blocks
                            .computeIfAbsent(way, none -> new ArrayList<>())
                            .add(rig.at(RATE, way, SECONDS, CONNECTIONS));
                }
            }
        }
        report.print(System.out);
    }

    private void print(PrintStream out) {
        for (Way way : Way.values()) {
            if (blocks.containsKey(way)) {
                out.printf(
                        Locale.ROOT,
                        "%-12s %.0f us CPU a call, p50 %.0f us, p90 %.0f us, %.0f calls/s%n",
                        way,
                        median(way, Rig.Block::cpuMicros),
                        median(way, block -> block.result().p50Micros()),
                        median(way, block -> block.result().p90Micros()),
                        median(way, block -> block.result().achieved()));
            }
        }
        double control =
                Rounds.median(ROUNDS, i -> bare(i, 1).cpuMicros() / bare(i, 0).cpuMicros());
        double[] cpu = Rounds.interval(
                ROUNDS,
                rounds -> added(Way.ENVOY_PAIR, rounds, Rig.Block::cpuMicros)
                        / added(Way.MESH_MUTUAL, rounds, Rig.Block::cpuMicros));
        List<Integer> all = all();
        double ratio =
                added(Way.ENVOY_PAIR, all, Rig.Block::cpuMicros) / added(Way.MESH_MUTUAL, all, Rig.Block::cpuMicros);
        out.printf(
                Locale.ROOT,
                "added CPU: Envoys %.0f us, ours %.0f us, of which TLS by the JDK %.0f us; %.1f times (%.1f to %.1f), A/A %.3f%n",
                added(Way.ENVOY_PAIR, all, Rig.Block::cpuMicros),
                added(Way.MESH_MUTUAL, all, Rig.Block::cpuMicros),
                added(Way.TLS, all, Rig.Block::cpuMicros),
                ratio,
                cpu[0],
                cpu[1],
                control);
        double p50 = latency(out, "p50", block -> block.result().p50Micros());
        double p90 = latency(out, "p90", block -> block.result().p90Micros());
        boolean valid = Math.abs(control - 1) <= SAME && slowest() >= RATE * LEAST_RATE;
        boolean ok = valid && cpu[0] >= CPU_LIMIT && p50 >= LATENCY_LIMIT && p90 >= LATENCY_LIMIT;
        if (!valid) {
            out.println("void: A/A is off by more than 3 %, or the rate was not reached");
        }
        out.println(new Verdict("envoy-pair", ratio, CPU_LIMIT, "times the CPU that we add", ok).json());
    }

    private double latency(PrintStream out, String name, ToDoubleFunction<Rig.Block> of) {
        double envoys = added(Way.ENVOY_PAIR, all(), of);
        double ours = added(Way.MESH_MUTUAL, all(), of);
        double ratio = ours <= 0 ? Double.POSITIVE_INFINITY : envoys / ours;
        out.printf(Locale.ROOT, "added %s: Envoys %.0f us, ours %.0f us, %.1f times%n", name, envoys, ours, ratio);
        return ratio;
    }

    private double slowest() {
        return blocks.values().stream()
                .flatMap(List::stream)
                .mapToDouble(block -> block.result().achieved())
                .min()
                .orElse(0);
    }

    /** The median of what a way's rounds had beyond the zero beside them. */
    private double added(Way way, List<Integer> rounds, ToDoubleFunction<Rig.Block> of) {
        double[] differences = new double[rounds.size()];
        for (int i = 0; i < differences.length; i++) {
            int round = rounds.get(i);
            double zero = (of.applyAsDouble(bare(round, 0)) + of.applyAsDouble(bare(round, 1))) / 2;
            differences[i] = of.applyAsDouble(block(way, round)) - zero;
        }
        return Rounds.median(differences);
    }

    private Rig.Block bare(int round, int which) {
        return block(Way.BARE, 2 * round + which);
    }

    private Rig.Block block(Way way, int index) {
        return blocks.getOrDefault(way, List.of()).get(index);
    }

    private double median(Way way, ToDoubleFunction<Rig.Block> of) {
        return Rounds.median(
                blocks.getOrDefault(way, List.of()).stream().mapToDouble(of).toArray());
    }

    private static List<Integer> all() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            all.add(i);
        }
        return all;
    }
}
