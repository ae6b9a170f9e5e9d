package io.inmesh.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.context.support.StaticApplicationContext;

class MeshDrainTest {

    private final List<String> happened = new ArrayList<>();

    private MeshDrain drain(Duration delay) {
        StaticApplicationContext application = new StaticApplicationContext();
        application.addApplicationListener(event -> {
            if (event instanceof AvailabilityChangeEvent<?> change) {
                happened.add(change.getState().toString());
            }
        });
        application.refresh();
        happened.clear();
        MeshTomcatCustomizer tomcat = new MeshTomcatCustomizer(() -> {
            throw new AssertionError("nothing is asked of the mesh");
        });
        return new MeshDrain(
                application, delay, () -> happened.add("left"), List.of(tomcat), time -> happened.add(time.toString()));
    }

    @Test
    void isNotReadyBeforeItWaits() {
        MeshDrain drain = drain(Duration.ofSeconds(5));
        drain.start();
        drain.stop();

        assertThat(happened).containsExactly("REFUSING_TRAFFIC", "left", "PT5S");
        assertThat(drain.isRunning()).isFalse();
    }

    @Test
    void doesNotWaitWhereNobodyAskedForIt() {
        MeshDrain drain = drain(Duration.ZERO);
        drain.stop();

        assertThat(happened).containsExactly("REFUSING_TRAFFIC", "left");
    }

    @Test
    void stopsBeforeTheWebServer() {
        assertThat(drain(Duration.ZERO).getPhase()).isEqualTo(Integer.MAX_VALUE);
    }
}
