package io.inmesh.benchmarks;

import io.grpc.xds.GrpcRoutesPeer;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Does finding the last route of 10,000 cost what finding the only one costs, and how does gRPC's search do on the same? JMH's table of all
 * sizes stands before it; the verdict comes from pairs, because it has to hold on a machine that does other things too.
 */
final class RoutesReport {

    private static final double LIMIT = 1.5;
    private static final double FACTOR = 100;
    private static final int ROUNDS = 40;
    private static final int BLOCK = 100_000;
    private static final int BLOCK_OF_PEER = 2_000;
    private static final int MOST = 10_000;

    private final RoutesBenchmark one = new RoutesBenchmark();
    private final RoutesBenchmark most = new RoutesBenchmark();
    private final GrpcRoutesPeer peer = new GrpcRoutesPeer();
    private final PrintStream out = System.out;
    private double worst;
    private double least = Double.MAX_VALUE;
    private double bytes;
    private boolean valid = true;

    private RoutesReport() {
        one.size = 1;
        one.compile();
        most.size = MOST;
        most.compile();
        peer.size = MOST;
        peer.build();
    }

    /** Prints the measurements and, last, the verdict. */
    public static void main(String[] args) throws Exception {
        RoutesReport report = new RoutesReport();
        report.measure("prefixes", report.one::prefixes, report.most::prefixes, report.peer::prefixes);
        report.measure("exact paths", report.one::exactPaths, report.most::exactPaths, report.peer::exactPaths);
        report.measure("virtual hosts", report.one::virtualHosts, report.most::virtualHosts, report.peer::virtualHosts);
        report.verdict();
    }

    private void measure(String kind, Paired.Work only, Paired.Work last, Paired.Work theirs) throws Exception {
        Paired sizes = Paired.measure(only, last, ROUNDS, BLOCK);
        Paired peers = Paired.measure(last, theirs, 3, BLOCK_OF_PEER);
        worst = Math.max(worst, sizes.ratio());
        least = Math.min(least, peers.ratio());
        bytes = Math.max(bytes, sizes.bytesOfSecond());
        valid &= sizes.valid();
        out.printf(
                Locale.ROOT,
                "the last of 10,000 %s: %.2f times the only one, which takes %.0f ns (A/A %.3f%s); %.0f bytes; grpc-java's search %.0f times ours%n",
                kind,
                sizes.ratio(),
                sizes.nanosOfFirst(),
                sizes.control(),
                sizes.valid() ? "" : ", void",
                sizes.bytesOfSecond(),
                peers.ratio());
    }

    private void verdict() {
        boolean ok = valid && worst <= LIMIT && least >= FACTOR && bytes < 1;
        out.println(new Verdict("routes", worst, LIMIT, "times one route", ok).json());
    }
}
