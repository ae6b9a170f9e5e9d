package io.inmesh.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.MeshState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class MeshHealthIndicatorTest {

    private static final Map<String, String> VERSIONS = Map.of("Cluster", "1");
    private static final Optional<String> REVIEWS = Optional.of("spiffe://cluster.local/ns/bookshop/sa/reviews");

    @Test
    void isUpAndNamesTheIdentity() {
        Health health = health(MeshState.Health.UP, VERSIONS, REVIEWS);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("identity", REVIEWS.get())
                .containsEntry("certificateExpires", "2026-11-23T00:00:00Z");
    }

    @Test
    void staysUpOnTheLastGoodState() {
        assertThat(health(MeshState.Health.DEGRADED, VERSIONS, REVIEWS).getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void isOutOfServiceBeforeTheFirstConfigurationOrIdentity() {
        assertThat(health(MeshState.Health.DOWN, Map.of(), REVIEWS).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health(MeshState.Health.DOWN, VERSIONS, Optional.empty()).getStatus())
                .isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void isDownWhenWhatThereIsCannotBeUsedAnyMore() {
        Health health = health(MeshState.Health.DOWN, VERSIONS, REVIEWS);

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("reason", "the reason")
                .containsEntry("unprotectedSockets", List.of("0.0.0.0:5005"));
    }

    private static Health health(MeshState.Health health, Map<String, String> versions, Optional<String> identity) {
        MeshState state = new MeshState(
                health,
                "the reason",
                versions,
                0,
                List.of(),
                List.of(),
                List.of(),
                identity,
                identity.map(id -> Instant.parse("2026-11-23T00:00:00Z")),
                Optional.of(List.of("0.0.0.0:5005")));
        return new MeshHealthIndicator(() -> state).health();
    }
}
