package io.inmesh.benchmarks.endtoend;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.benchmarks.process.Child;
import io.inmesh.benchmarks.process.Processes;
import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.control.app.ControlService;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.EnvoyTexts;
import io.inmesh.testkit.PemFiles;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A control service (this process), a caller, a called process and, where asked for, two Envoys between them. All live for the whole run, so
 * that what idles, idles in every arm.
 */
final class Rig implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(30);
    private static final int WORKERS = 2;
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");

    private final ControlService control;
    private final Ports ports;
    private final Child called;
    private final Child caller;
    private final List<EnvoyProcess> envoys = new ArrayList<>();
    private final List<Long> pids = new ArrayList<>();

    /** Starts everything and returns when every way answers. */
    Rig(Path folder, boolean withEnvoys) throws IOException, InterruptedException {
        quiet();
        IgnoredServerName.require();
        ports = Ports.free();
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("mesh.yaml"), RigConfig.yaml(ports));
        control = ControlService.builder()
                .config(config)
                .state(folder.resolve("state"))
                .securePort(0)
                .adminPort(-1)
                .development(true)
                .start();
        if (!control.awaitReady(READY)) {
            throw new IOException("the control service does not get ready");
        }
        TestPki pki = TestPki.create();
        Path certificates = folder.resolve("certificates");
        WorkloadIdentity server = pki.identity("bench", "called");
        PemFiles files = PemFiles.write(server, certificates);
        called = child(Called.class, folder, "called", ports.arguments(), certificates);
        caller = child(Caller.class, folder, "caller", List.of(), certificates);
        pids.add(ProcessHandle.current().pid());
        pids.add(called.pid());
        pids.add(caller.pid());
        if (withEnvoys) {
            startEnvoys(files, server.id().uri());
        }
    }

    /** Lets nothing be said but warnings, so that a report is what is read. */
    static void quiet() {
        Logger.getLogger("").setLevel(Level.WARNING);
    }

    private void startEnvoys(PemFiles files, String id) {
        EnvoyProcess behind = EnvoyProcess.start(
                new EnvoyTexts()
                        .listener(
                                "in",
                                EnvoyTexts.chain("", EnvoyTexts.requiredMutualTls(files), "route: {cluster: app}"))
                        .cluster("app", ports.plain(), false, "")
                        .bootstrap(),
                "warning",
                WORKERS);
        envoys.add(behind);
        EnvoyProcess before = EnvoyProcess.start(
                new EnvoyTexts()
                        .listener("out", EnvoyTexts.chain("", "", "route: {cluster: peer}"))
                        .cluster(
                                "peer", behind.port("in"), false, EnvoyTexts.mutualTls(files, "called", "http/1.1", id))
                        .bootstrap(),
                "warning",
                WORKERS);
        envoys.add(before);
        envoys.forEach(envoy -> pids.add(envoy.pid()));
    }

    private Child child(Class<?> main, Path folder, String account, List<String> more, Path certificates)
            throws IOException {
        List<String> arguments = new ArrayList<>(new Membership(
                        control.securePort(),
                        control.rootFile(),
                        control.bootstrapToken("bench", account),
                        folder.resolve(account),
                        account)
                .arguments());
        arguments.addAll(more);
        arguments.add(certificates.toString());
        Child child = new Child(JVM, main.getName(), arguments);
        child.line();
        return child;
    }

    private String url(Way way) {
        return switch (way) {
            case BARE -> "http://called.test:" + ports.plain() + "/x";
            case TLS -> "https://called.test:" + ports.tls() + "/x";
            case MESH_MUTUAL -> "http://mutual/x";
            case MESH_OPEN -> "http://open/x";
            case ENVOY_PAIR -> "http://called.test:" + envoys.get(1).port("out") + "/x";
        };
    }

    /** Calls that come at even distances. */
    Block at(int rate, Way way, int seconds, int connections) throws IOException {
        return block(way, new Load(url(way), rate, seconds, connections));
    }

    /** As many calls as go. */
    Block flood(Way way, int seconds, int connections) throws IOException {
        return block(way, new Load(url(way), 0, seconds, connections));
    }

    private Block block(Way way, Load load) throws IOException {
        double before = Processes.cpuMicros(pids);
        Load.Result result = Load.Result.parse(caller.ask(load.command(way)));
        double cpu = Processes.cpuMicros(pids) - before;
        if (result.failed() > 0) {
            throw new IOException(result.failed() + " of " + result.calls() + " calls failed: " + way);
        }
        return new Block(result, cpu / result.calls());
    }

    /**
     * What some seconds of calls have cost.
     *
     * @param cpuMicros of all processes together, for one call
     */
    record Block(Load.Result result, double cpuMicros) {}

    @Override
    public void close() {
        envoys.forEach(EnvoyProcess::close);
        caller.close();
        called.close();
        control.close();
    }
}
