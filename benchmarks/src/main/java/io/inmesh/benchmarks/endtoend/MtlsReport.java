package io.inmesh.benchmarks.endtoend;

import io.inmesh.benchmarks.Verdict;
import io.inmesh.client.security.IgnoredServerName;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Locale;

/** What does mutual TLS cost beside plaintext, our client and our inbound side at both ends: of a call, and of a handshake? */
final class MtlsReport {

    private static final int RATE = 1000;
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = Integer.getInteger("rounds", 12);
    private static final int SECONDS = Integer.getInteger("seconds", 10);
    private static final int HANDSHAKES = 100;
    private static final double LIMIT = 1.3;
    private static final double RESUMED_LIMIT = 0.4;
    private static final double SAME = 0.03;

    private MtlsReport() {}

    public static void main(String[] args) throws IOException, InterruptedException, GeneralSecurityException {
        IgnoredServerName.require();
        double resumed = handshakes();
        double[] first = new double[ROUNDS];
        double[] mutual = new double[ROUNDS];
        double[] second = new double[ROUNDS];
        try (Rig rig = new Rig(Files.createTempDirectory("inmesh-mtls"), false)) {
            cpu(rig, Way.MESH_OPEN);
            cpu(rig, Way.MESH_MUTUAL);
            for (int round = 0; round < ROUNDS; round++) {
                first[round] = cpu(rig, Way.MESH_OPEN);
                mutual[round] = cpu(rig, Way.MESH_MUTUAL);
                second[round] = cpu(rig, Way.MESH_OPEN);
            }
        }
        double control = Rounds.median(ROUNDS, i -> second[i] / first[i]);
        double ratio = Rounds.median(ROUNDS, i -> mutual[i] * 2 / (first[i] + second[i]));
        double upper = Rounds.interval(
                ROUNDS,
                rounds -> Rounds.median(rounds.stream()
                        .mapToDouble(i -> mutual[i] * 2 / (first[i] + second[i]))
                        .toArray()))[1];
        System.out.printf(
                Locale.ROOT,
                "plaintext %.0f us CPU a call, mutual TLS %.0f us: %.2f times (at most %.2f), A/A %.3f%n",
                Rounds.median(first),
                Rounds.median(mutual),
                ratio,
                upper,
                control);
        boolean ok = Math.abs(control - 1) <= SAME && upper <= LIMIT && resumed <= RESUMED_LIMIT;
        System.out.println(new Verdict("mtls", ratio, LIMIT, "times plaintext", ok).json());
    }

    private static double cpu(Rig rig, Way way) throws IOException {
        return rig.at(RATE, way, SECONDS, CONNECTIONS).cpuMicros();
    }

    private static double handshakes() throws GeneralSecurityException, IOException {
        Handshakes handshakes = new Handshakes();
        double[] full = new double[HANDSHAKES];
        double[] resumed = new double[HANDSHAKES];
        for (int i = 0; i < 2 * HANDSHAKES; i++) {
            full[i % HANDSHAKES] = handshakes.full();
            resumed[i % HANDSHAKES] = handshakes.resumed();
        }
        double ratio = Rounds.median(resumed) / Rounds.median(full);
        System.out.printf(
                Locale.ROOT,
                "handshake of both sides: full %.2f ms, resumed %.2f ms: %.2f times (limit %.1f)%n",
                Rounds.median(full) / 1000,
                Rounds.median(resumed) / 1000,
                ratio,
                RESUMED_LIMIT);
        return ratio;
    }
}
