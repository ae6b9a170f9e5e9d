package io.inmesh.spring.autoconfigure;

import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.client.Mesh;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Holds the start, for a bounded time, until the mesh is in place: after the probe port has opened and before the application's does.
 * If no configuration comes, the application starts all the same: calls wait or fail typed, inbound is closed, readiness says no.
 */
final class MeshStart implements SmartLifecycle {

    private static final Log LOG = LogFactory.getLog(MeshStart.class);

    private final Mesh mesh;
    private final MeshProperties properties;
    private volatile boolean running;

    MeshStart(Mesh mesh, MeshProperties properties) {
        this.mesh = mesh;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        try {
            mesh.awaitReady(properties.startupTimeout());
            LOG.info("Mesh: " + member());
        } catch (MeshNotReadyException e) {
            LOG.warn("Mesh: " + member() + " starts without being ready until it has what is missing. "
                    + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String member() {
        String source = properties.files() == null
                ? "control=" + properties.control().address()
                : "files=" + properties.files();
        String identity = mesh.state()
                .identity()
                .orElseGet(() -> "ns/" + properties.workload().namespace() + " sa/"
                        + properties.workload().serviceAccount());
        return identity + " " + source;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return MeshPhases.START;
    }
}
