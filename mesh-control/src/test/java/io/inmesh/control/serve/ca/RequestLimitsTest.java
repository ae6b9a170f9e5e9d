package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.testkit.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");
    private static final SpiffeId GREEDY = SpiffeId.of(DOMAIN, "shop", "greedy");
    private static final SpiffeId MODEST = SpiffeId.of(DOMAIN, "shop", "modest");

    private final FakeClock clock = new FakeClock();
    private final RequestLimits limits = new RequestLimits(clock);

    @Test
    void aThousandReplicasThatStartTogetherAreServed() {
        assertThat(spend(GREEDY, 1_000)).isEqualTo(1_000);
    }

    @Test
    void aSpentAllowanceFillsUpSlowlyAndHurtsNobodyElse() {
        assertThat(spend(GREEDY, 10_000)).isEqualTo(2_000);
        assertThat(limits.allow(MODEST)).isTrue();

        clock.advance(Duration.ofMillis(20));
        assertThat(spend(GREEDY, 10)).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(spend(GREEDY, 1_000)).isEqualTo(100);
        clock.advance(Duration.ofDays(1));
        assertThat(spend(GREEDY, 10_000)).as("never more than the burst").isEqualTo(2_000);
    }

    @Test
    void requestsInProgressAreBoundedAndPlacesComeBack() {
        int entered = 0;
        while (limits.enter()) {
            entered++;
        }
        assertThat(entered).isEqualTo(256);
        limits.leave();
        assertThat(limits.enter()).isTrue();
        assertThat(limits.enter()).isFalse();
    }

    @Test
    void manyCallersTakeBoundedMemory() {
        spend(GREEDY, 2_000);
        for (int i = 0; i < 10_001; i++) {
            limits.allow(SpiffeId.of(DOMAIN, "shop", "caller" + i));
        }
        assertThat(limits.allow(GREEDY)).as("forgotten, so it begins anew").isTrue();
    }

    private int spend(SpiffeId caller, int requests) {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += limits.allow(caller) ? 1 : 0;
        }
        return allowed;
    }
}
