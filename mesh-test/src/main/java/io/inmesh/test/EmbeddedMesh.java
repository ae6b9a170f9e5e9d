package io.inmesh.test;

import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.client.Mesh;
import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.control.app.ControlService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole mesh inside one test: a control service with its certificate authority over a folder, on loopback ports, with real mutual TLS.
 * Applications join it by {@link #properties}, plain Java by {@link #join}. Start it before any TLS server of the test.
 */
public final class EmbeddedMesh implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(30);
    private static final String POLICIES = "policies.yaml";

    private final Path folder;
    private final ControlService control;
    private final List<AutoCloseable> members = new ArrayList<>();

    private EmbeddedMesh(Path folder, ControlService control) {
        this.folder = folder;
        this.control = control;
    }

    /**
     * Starts a mesh.
     *
     * @param folder an empty one, such as a {@code @TempDir}; holds keys
     * @param yaml resources of Istio and Kubernetes
     * @throws IOException if it does not get ready
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public static EmbeddedMesh start(Path folder, String yaml) throws IOException, InterruptedException {
        IgnoredServerName.require();
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve(POLICIES), yaml);
        ControlService control = ControlService.builder()
                .config(config)
                .state(folder.resolve("control"))
                .securePort(0)
                .adminPort(-1)
                .development(true)
                .start();
        if (!control.awaitReady(READY)) {
            control.close();
            throw new IOException("the control service does not get ready");
        }
        return new EmbeddedMesh(folder, control);
    }

    /** Replaces the resources; members hear of it within a moment, so await what is to change. */
    public void apply(String yaml) throws IOException {
        Path next = Files.writeString(folder.resolve("next.yaml"), yaml);
        Files.move(
                next,
                folder.resolve("config").resolve(POLICIES),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a Spring Boot application with the starter needs to join; add {@code mesh.workload.group} for one that is called. */
    public Map<String, String> properties(String namespace, String serviceAccount) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("mesh.control.address", "127.0.0.1:" + control.securePort());
        properties.put("mesh.control.root-cert", control.rootFile().toString());
        properties.put(
                "mesh.control.token-file",
                control.bootstrapToken(namespace, serviceAccount).toString());
        properties.put("mesh.workload.name", serviceAccount);
        properties.put("mesh.workload.namespace", namespace);
        properties.put("mesh.workload.service-account", serviceAccount);
        properties.put("mesh.workload.address", "127.0.0.1");
        properties.put(
                "mesh.state-dir",
                folder.resolve(namespace + "-" + serviceAccount).toString());
        properties.put("mesh.probe.port", "0");
        properties.put("mesh.probe.address", "127.0.0.1");
        return properties;
    }

    /**
     * A member that calls; closed with this mesh.
     *
     * @throws IOException if its first configuration or identity does not come
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public Mesh join(String namespace, String serviceAccount) throws IOException, InterruptedException {
        MeshAgent agent = MeshAgent.builder()
                .controlService(ControlAddress.secure("127.0.0.1", control.securePort(), control.rootFile()))
                .workload(namespace, serviceAccount)
                .instance(serviceAccount)
                .ip("127.0.0.1")
                .tokenFile(control.bootstrapToken(namespace, serviceAccount))
                .stateDirectory(folder.resolve(namespace + "-" + serviceAccount + "-java"))
                .build();
        Mesh mesh = Mesh.builder()
                .config(agent.configSource())
                .identity(agent.identitySource())
                .build();
        members.add(mesh);
        members.add(agent);
        mesh.awaitReady(READY);
        return mesh;
    }

    @Override
    public void close() {
        for (AutoCloseable member : members) {
            closeQuietly(member);
        }
        control.close();
    }

    private static void closeQuietly(AutoCloseable member) {
        try {
            member.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
