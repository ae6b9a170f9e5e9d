package io.inmesh.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * The first thing that stops. The application says that it is not ready, to its probes and to the control service, makes each answer the
 * last one of its connection, and goes on serving until callers have heard of it. Then it closes its port and lets the connections that it had accepted end: whoever comes later
 * is refused before anything was sent, which every caller of the mesh repeats elsewhere. What is under way after that is the affair of
 * Spring Boot's graceful shutdown.
 */
final class MeshDrain implements SmartLifecycle {

    private static final Log LOG = LogFactory.getLog(MeshDrain.class);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final int STEPS = 200;

    private final ApplicationContext application;
    private final Duration delay;
    private final Runnable leave;
    private final List<DrainedServer> servers;
    private final Pause pause;
    private volatile boolean running;

    /**
     * A drain that is yet to come.
     *
     * @param leave tells the control service, so that callers hear of it
     * @param servers whose ports are closed
     */
    MeshDrain(
            ApplicationContext application, Duration delay, Runnable leave, List<DrainedServer> servers, Pause pause) {
        this.application = application;
        this.delay = delay;
        this.leave = leave;
        this.servers = List.copyOf(servers);
        this.pause = pause;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
        leave.run();
        servers.forEach(DrainedServer::lastAnswers);
        if (delay.isZero()) {
            return;
        }
        LOG.info("Mesh: not ready any more; serving for another " + delay + " until callers have heard of it");
        try {
            pause.sleep(delay);
            for (int i = 0; i < STEPS && acceptNoMore() > 0; i++) {
                pause.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int acceptNoMore() {
        return servers.stream().mapToInt(DrainedServer::acceptNoMore).sum();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before every part that has not asked to be first. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    /** How time passes. */
    @FunctionalInterface
    interface Pause {

        void sleep(Duration time) throws InterruptedException;
    }
}
