package io.inmesh.benchmarks.sim;

import io.inmesh.benchmarks.Verdict;
import io.inmesh.xds.model.cluster.CircuitBreakers.RetryBudget;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** {@code benchmarks/run storm}: what a retry budget does for a server that failed for a while. */
public final class StormReport {

    private static final int SEEDS = 20;
    private static final double MOST_ATTEMPTS = 1.1;
    private static final double LEAST_GOODPUT = 0.99;
    private static final double STUCK = 0.5;

    private StormReport() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        out.println("900 calls a second for a server of 1,000; all fail for 30 s; up to 3 retries; " + SEEDS
                + " seeds, worst of them");
        out.println("retries                 attempts for a call   succeed 1 s later   a minute later");
        List<Storm.Result> naive = runs(null);
        List<Storm.Result> ours = runs(budget());
        print(out, "not limited", naive, worst(naive, Storm.Result::recovered), worst(naive, Storm.Result::lasting));
        List<Storm.Result> istio = runs(new RetryBudget(20, 3));
        print(
                out,
                "retryBudget 20 %, 3",
                istio,
                worst(istio, Storm.Result::recovered),
                worst(istio, Storm.Result::lasting));
        print(
                out,
                "retryBudget 8 %, 1",
                ours,
                worst(ours, Storm.Result::recovered),
                worst(ours, Storm.Result::lasting));
        double amplification = -worst(ours, result -> -result.amplification());
        boolean stays = -worst(naive, result -> -result.lasting()) <= STUCK;
        boolean ok = amplification <= MOST_ATTEMPTS && worst(ours, Storm.Result::recovered) >= LEAST_GOODPUT && stays;
        out.println(new Verdict("storm", amplification, MOST_ATTEMPTS, "attempts for a call", ok).json());
    }

    /** Istio's {@code retryBudget: {percent: 8, minRetryConcurrency: 1}}. */
    static RetryBudget budget() {
        return new RetryBudget(8, 1);
    }

    private static List<Storm.Result> runs(@Nullable RetryBudget budget) {
        List<Storm.Result> results = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            results.add(Storm.run(budget, seed));
        }
        return results;
    }

    private static double worst(List<Storm.Result> results, ToDoubleFunction<Storm.Result> what) {
        return results.stream().mapToDouble(what).min().orElseThrow();
    }

    private static void print(PrintStream out, String arm, List<Storm.Result> results, double soon, double late) {
        out.printf(
                Locale.ROOT,
                "%-24s %18.2f %17.1f %% %14.1f %%%n",
                arm,
                -worst(results, result -> -result.amplification()),
                100 * soon,
                100 * late);
    }
}
