package io.inmesh.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RotationScheduleTest {

    private static final Instant BIRTH = Instant.parse("2026-01-01T00:00:00Z");

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRenewalLiesAroundItsShareOfAnyLife(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            double share = 0.05 + random.nextDouble() * 0.6;
            double jitter = Math.min(share * 0.9, (0.8 - share)) * random.nextDouble();
            RotationSchedule schedule = new RotationSchedule(share, jitter);
            Duration life =
                    Duration.ofSeconds((long) Math.pow(10, random.nextDouble() * 10), random.nextInt(1_000_000_000));
            Instant birth = BIRTH.plusSeconds(random.nextInt()).plusNanos(random.nextInt(1_000_000_000));
            Instant renewal = schedule.renewalOf(birth, birth.plus(life), random.nextDouble());
            double spent = seconds(Duration.between(birth, renewal)) / seconds(life);
            assertThat(spent)
                    .isBetween(share - jitter - 1e-6, share + jitter + 1e-6)
                    .isLessThanOrEqualTo(0.8 + 1e-6);
        }
    }

    @Test
    void laterChanceIsNeverAnEarlierRenewal() {
        Instant before = BIRTH;
        for (double chance = 0; chance < 1; chance += 0.01) {
            Instant renewal = RotationSchedule.STANDARD.renewalOf(BIRTH, BIRTH.plus(Duration.ofDays(1)), chance);
            assertThat(renewal).isAfter(before);
            before = renewal;
        }
        assertThat(before).isBeforeOrEqualTo(BIRTH.plus(Duration.ofMinutes(55 * 24 * 60 / 100)));
    }

    /** A thousand workloads born in the same second: no minute renews more than twice its share. */
    @Test
    void workloadsBornTogetherComeBackApart() {
        Random random = new Random(1);
        int[] perBucket = new int[16];
        for (int i = 0; i < 1_000; i++) {
            Instant renewal =
                    RotationSchedule.STANDARD.renewalOf(BIRTH, BIRTH.plus(Duration.ofDays(1)), random.nextDouble());
            Duration into = Duration.between(BIRTH.plus(Duration.ofMinutes(648)), renewal);
            perBucket[(int) (into.toSeconds() * 16 / Duration.ofMinutes(144).toSeconds())]++;
        }
        assertThat(IntStream.of(perBucket).max().orElseThrow()).isLessThan(2 * 1_000 / 16);
    }

    @Test
    void theShortestAndTheLongestLivesHaveARenewal() {
        assertThat(RotationSchedule.STANDARD.renewalOf(BIRTH, BIRTH, 0.3)).isEqualTo(BIRTH);
        assertThat(RotationSchedule.STANDARD.renewalOf(BIRTH, BIRTH.plusNanos(1), 0.3))
                .isBetween(BIRTH, BIRTH.plusNanos(1));
        Instant late = BIRTH.plus(Duration.ofDays(365_000));
        assertThat(RotationSchedule.STANDARD.renewalOf(BIRTH, late, 0.5))
                .isEqualTo(BIRTH.plus(Duration.ofDays(182_500)));
        assertThatThrownBy(() -> RotationSchedule.STANDARD.renewalOf(late, BIRTH, 0.5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-0.1, 0", "0.5, -0.1", "0.5, 0.5", "0.8, 0.01", "0.9, 0", "NaN, 0", "0.5, NaN"})
    void schedulesThatLeaveNoTimeAreRefused(double share, double jitter) {
        assertThatThrownBy(() -> new RotationSchedule(share, jitter)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
