package io.inmesh.client.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.spi.NameResolver;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.FakeScheduler;
import io.inmesh.xds.model.cluster.Discovery.Dns;
import io.inmesh.xds.model.cluster.Discovery.FailureRate;
import io.inmesh.xds.model.cluster.Discovery.LookupFamily;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResolvedNamesTest {

    private static final Dns EVERY_MINUTE =
            new Dns(Duration.ofSeconds(60), Duration.ofMillis(100), null, true, LookupFamily.V4_PREFERRED);

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final Map<String, NameResolver.Answer> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private int changes;
    private final ResolvedNames names =
            new ResolvedNames(this::answer, new SplittableRandom(1), scheduler, scheduler, () -> changes++);

    @Test
    void aNameIsLookedUpOnceAndAgainAfterItsRate() throws UnknownHostException {
        answers.put("a", answer(null, "10.0.0.1"));
        names.want(Map.of("a", EVERY_MINUTE));
        assertThat(names.settled()).isFalse();

        scheduler.runDue();
        assertThat(names.settled()).isTrue();
        assertThat(names.addresses("a")).containsExactly(InetAddress.getByName("10.0.0.1"));
        assertThat(changes).isEqualTo(1);

        // Another push that wants the same is no reason to ask.
        names.want(Map.of("a", EVERY_MINUTE));
        scheduler.advance(Duration.ofSeconds(59));
        assertThat(asked).containsExactly("a");
        scheduler.advance(Duration.ofMillis(1101));
        assertThat(asked).containsExactly("a", "a");
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void theAnswersTimeToLiveTakesThePlaceOfTheRate() throws UnknownHostException {
        answers.put("a", answer(Duration.ofSeconds(5), "10.0.0.1"));
        names.want(Map.of("a", EVERY_MINUTE));

        scheduler.advance(Duration.ofMillis(5101));

        assertThat(asked).hasSize(2);
    }

    @Test
    void anotherOrderIsNoChangeAndTheFirstStaysTheFirst() throws UnknownHostException {
        answers.put("a", answer(null, "10.0.0.1", "10.0.0.2"));
        names.want(Map.of("a", EVERY_MINUTE));
        scheduler.runDue();
        answers.put("a", answer(null, "10.0.0.2", "10.0.0.1"));
        scheduler.advance(Duration.ofSeconds(61));
        assertThat(changes).isEqualTo(1);

        answers.put("a", answer(null, "10.0.0.3", "10.0.0.1"));
        scheduler.advance(Duration.ofSeconds(61));

        assertThat(changes).isEqualTo(2);
        assertThat(names.addresses("a"))
                .containsExactly(InetAddress.getByName("10.0.0.1"), InetAddress.getByName("10.0.0.3"));
    }

    @Test
    void aFailureKeepsTheLastAnswerAndIsRepeatedLessAndLessOften() throws UnknownHostException {
        FailureRate rate = new FailureRate(Duration.ofSeconds(1), Duration.ofSeconds(8));
        Dns settings = new Dns(Duration.ofSeconds(60), Duration.ZERO, rate, false, LookupFamily.AUTO);
        answers.put("a", answer(null, "10.0.0.1"));
        names.want(Map.of("a", settings));
        scheduler.runDue();
        answers.clear();
        scheduler.advance(Duration.ofSeconds(60));
        assertThat(names.addresses("a")).hasSize(1);

        scheduler.advance(Duration.ofMinutes(10));
        int failures = asked.size() - 2;
        // At most eight seconds apart, four on average once the interval has grown.
        assertThat(failures).isBetween(600 / 8, 600 / 3);
        assertThat(names.addresses("a")).hasSize(1);

        answers.put("a", answer(null, "10.0.0.9"));
        scheduler.advance(Duration.ofSeconds(8));
        assertThat(names.addresses("a")).containsExactly(InetAddress.getByName("10.0.0.9"));
    }

    @Test
    void whoNeverAnswersIsNotWaitedForLongerThanFiveSeconds() {
        ResolvedNames silent =
                new ResolvedNames(this::answer, new SplittableRandom(1), scheduler, task -> {}, () -> changes++);
        silent.want(Map.of("a", EVERY_MINUTE));
        scheduler.advance(Duration.ofMillis(4999));
        assertThat(silent.settled()).isFalse();

        scheduler.advance(Duration.ofMillis(1));

        assertThat(silent.settled()).isTrue();
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void aNameThatIsUnknownSettlesWithoutAddresses() {
        names.want(Map.of("a", EVERY_MINUTE));
        scheduler.runDue();

        assertThat(names.settled()).isTrue();
        assertThat(names.addresses("a")).isEmpty();
    }

    @Test
    void aNameThatNobodyWantsAnyLongerLeavesNothingBehind() throws UnknownHostException {
        for (int i = 0; i < 100; i++) {
            answers.put("n" + i, answer(null, "10.0.0.1"));
            names.want(Map.of("n" + i, EVERY_MINUTE));
            scheduler.advance(Duration.ofSeconds(1));
        }
        names.close();
        scheduler.advance(Duration.ofSeconds(100));

        assertThat(scheduler.waiting()).isZero();
        assertThat(asked).hasSize(100);
    }

    private NameResolver.Answer answer(String name) throws UnknownHostException {
        asked.add(name);
        NameResolver.Answer answer = answers.get(name);
        if (answer == null) {
            throw new UnknownHostException(name);
        }
        return answer;
    }

    private static NameResolver.Answer answer(@Nullable Duration timeToLive, String... addresses)
            throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(InetAddress.getByName(address));
        }
        return new NameResolver.Answer(all, timeToLive);
    }
}
