package io.inmesh.benchmarks;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Does finding a route among 10,000 cost what finding the only one costs, and how does gRPC's search do on the same? */
final class RoutesReport {

    private static final double LIMIT = 1.5;
    private static final double FACTOR = 100;
    private static final String MOST = "10000";

    private final Map<String, Double> nanos = new HashMap<>();

    private RoutesReport() {}

    /** Prints the measurements and, last, the verdict. */
    public static void main(String[] args) throws RunnerException {
        Options options = new OptionsBuilder()
                .include("RoutesBenchmark|GrpcRoutesPeer")
                .forks(Integer.getInteger("mesh.forks", 1))
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .build();
        RoutesReport report = new RoutesReport();
        new Runner(options).run().forEach(report::take);
        report.print(System.out);
    }

    /** The best iteration counts: others on the machine only ever make it slower. */
    private void take(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        String size = result.getParams().getParam("size");
        nanos.put(
                benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1) + size,
                result.getPrimaryResult().getStatistics().getMin());
    }

    private void print(PrintStream out) {
        double worst = 0;
        double least = Double.MAX_VALUE;
        for (String kind : new String[] {"prefixes", "exactPaths", "virtualHosts"}) {
            double ours = of("RoutesBenchmark." + kind, MOST);
            double theirs = of("GrpcRoutesPeer." + kind, MOST);
            worst = Math.max(worst, ours / of("RoutesBenchmark." + kind, "1"));
            least = Math.min(least, theirs / ours);
            out.printf(
                    Locale.ROOT,
                    "%s of 10,000: %.1f ns; grpc-java's search %.0f ns, %.0f times ours%n",
                    kind,
                    ours,
                    theirs,
                    theirs / ours);
        }
        out.println(new Verdict(
                        "routes: the last of 10,000 beside the only one",
                        worst,
                        LIMIT,
                        "times",
                        worst <= LIMIT && least >= FACTOR)
                .json());
    }

    private double of(String benchmark, String size) {
        Double score = nanos.get(benchmark + size);
        if (score == null) {
            throw new IllegalStateException("not measured: " + benchmark + " " + size);
        }
        return score;
    }
}
