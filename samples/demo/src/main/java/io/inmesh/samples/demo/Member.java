package io.inmesh.samples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One process of the bookshop and where it listens. */
record Member(Workload workload, ServiceProcess process, int port, int probePort) implements AutoCloseable {

    static Member start(Installation installation, Workload workload, ControlProcess control, Path work)
            throws IOException {
        int port = Ports.preferably(workload.wantedPort());
        int probePort = Ports.preferably(workload.wantedPort() + 1000);
        List<String> arguments = List.of(
                "-jar",
                installation.service(workload.app()).toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--bookshop.version=" + workload.version(),
                // All that the mesh is told. The rest of the application is as it would be without it.
                "--mesh.control.address=127.0.0.1:" + control.port(),
                "--mesh.control.root-cert=" + control.root(),
                "--mesh.control.token-file=" + control.token(workload.app()),
                "--mesh.workload.name=" + workload.name(),
                "--mesh.workload.namespace=bookshop",
                "--mesh.workload.service-account=" + workload.app(),
                "--mesh.workload.group=" + workload.group(),
                "--mesh.workload.address=127.0.0.1",
                "--mesh.workload.labels.app=" + workload.app(),
                "--mesh.workload.labels.version=" + workload.version(),
                "--mesh.state-dir=" + work.resolve(workload.name()),
                "--mesh.startup-timeout=60s",
                "--mesh.probe.address=127.0.0.1",
                "--mesh.probe.port=" + probePort);
        return new Member(workload, ServiceProcess.java(workload.name(), work, arguments), port, probePort);
    }

    @Override
    public void close() {
        process.close();
    }
}
