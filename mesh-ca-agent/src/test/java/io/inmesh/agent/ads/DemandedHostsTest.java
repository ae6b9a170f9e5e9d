package io.inmesh.agent.ads;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemandedHostsTest {

    private static final DemandSettings SETTINGS =
            new DemandSettings(Set.of("80/warm"), Duration.ZERO, Duration.ofSeconds(10), Duration.ofHours(1), 3);

    private final FakeClock clock = new FakeClock();
    private final List<String> asked = new ArrayList<>();
    private final DemandedHosts hosts = new DemandedHosts(SETTINGS, clock, asked::add);

    @Test
    void aHostIsAskedForInLowerCaseAndWithoutItsPort() throws InterruptedException {
        hosts.await(9080, "Reviews.Shop:9080");
        hosts.await(80, "[2001:db8::1]:80");
        hosts.await(80, "[2001:db8::1]");
        assertThat(asked).containsExactly("9080/reviews.shop", "80/[2001:db8::1]", "80/[2001:db8::1]");
    }

    @Test
    void aPresentHostIsKnownAndOthersAreNot() throws InterruptedException {
        hosts.await(80, "a");
        hosts.present(Set.of("80/a"));
        assertThat(hosts.known(80, "a")).isTrue();
        assertThat(hosts.known(81, "a")).isFalse();
        assertThat(hosts.known(80, "b")).isFalse();
    }

    @Test
    void anUnknownHostIsRememberedForABoundedTime() throws InterruptedException {
        hosts.await(80, "nowhere");
        hosts.missing(Set.of("80/nowhere"));
        assertThat(hosts.known(80, "nowhere")).isTrue();
        clock.advance(Duration.ofSeconds(9));
        assertThat(hosts.known(80, "nowhere")).isTrue();
        clock.advance(Duration.ofSeconds(2));
        assertThat(hosts.known(80, "nowhere")).isFalse();
        assertThat(hosts.wanted()).containsExactly("80/warm");
    }

    @Test
    void aHostThatDoesNotComeInTimeIsUnknownForAWhile() throws InterruptedException {
        hosts.await(80, "slow");
        assertThat(hosts.known(80, "slow")).as("calls go on with what there is").isTrue();
        hosts.present(Set.of("80/slow"));
        clock.advance(Duration.ofSeconds(11));
        assertThat(hosts.known(80, "slow")).isTrue();
    }

    @Test
    void whatNobodyCallsIsLetGo() throws InterruptedException {
        hosts.await(80, "a");
        hosts.await(80, "b");
        hosts.present(Set.of("80/a", "80/b"));
        clock.advance(Duration.ofMinutes(50));
        assertThat(hosts.known(80, "a")).isTrue();
        clock.advance(Duration.ofMinutes(20));
        assertThat(hosts.wanted()).containsExactlyInAnyOrder("80/warm", "80/a");
        assertThat(hosts.known(80, "b")).isFalse();
    }

    @Test
    void unknownHostsAreBounded() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            hosts.await(80, "h" + i);
        }
        assertThat(asked).containsExactly("80/h0", "80/h1", "80/h2");
    }
}
