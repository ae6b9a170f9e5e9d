package io.inmesh.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.inmesh.agent.ScriptedCa;
import io.inmesh.agent.connect.AgentContext;
import io.inmesh.agent.store.IdentityStore;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.FakeScheduler;
import io.inmesh.testkit.TestKeys;
import io.inmesh.testkit.TestPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotatingIdentityTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");
    private static final SpiffeId REVIEWS = SpiffeId.of(DOMAIN, "shop", "reviews");

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final TestPki pki = TestPki.create(DOMAIN, clock);
    private final ScriptedCa ca = new ScriptedCa(pki, clock, REVIEWS);
    private final List<WorkloadIdentity> delivered = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        ca.close();
    }

    @Test
    void theFirstIdentityIsThereAtOnceAndIsTheWorkloadsOwn() {
        RotatingIdentity identity = start(Optional.empty());
        assertThat(delivered).singleElement().satisfies(i -> {
            assertThat(i.id()).isEqualTo(REVIEWS);
            assertThat(i.trustBundle()).containsExactly(pki.root());
        });
        assertThat(identity.usable()).hasValue(delivered.get(0));
        assertThat(identity.status().failures()).isZero();
    }

    @Test
    void everyRenewalIsAroundHalfOfLifeWithAKeyOfItsOwn() {
        start(Optional.empty());
        for (int i = 0; i < 10; i++) {
            Instant received = clock.now();
            int before = delivered.size();
            scheduler.advance(Duration.ofMinutes(44 * 24 * 60 / 100));
            assertThat(delivered).as("before half of life").hasSize(before);
            while (delivered.size() == before && clock.now().isBefore(received.plus(Duration.ofHours(24)))) {
                scheduler.advance(Duration.ofSeconds(10));
            }
            assertThat(Duration.between(received, clock.now())).isLessThan(Duration.ofMinutes(56 * 24 * 60 / 100));
        }
        assertThat(delivered).hasSize(11);
        Set<Object> keys = new HashSet<>(ca.keys);
        assertThat(keys).hasSize(ca.keys.size()).hasSize(11);
    }

    @Test
    void anOutageShorterThanTheRestOfTheLifeLosesNothing() {
        ca.life = Duration.ofMinutes(20);
        RotatingIdentity identity = start(Optional.empty());
        ca.down = true;
        scheduler.advance(Duration.ofMinutes(12));
        assertThat(identity.usable()).hasValue(delivered.get(0));
        assertThat(identity.status().failures()).isPositive();
        assertThat(identity.status().lastFailure().orElseThrow()).contains("down by script");
        int asked = ca.keys.size();
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(ca.keys.size() - asked).as("attempts in five minutes").isBetween(60, 100);
        ca.down = false;
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(delivered).hasSize(2);
        assertThat(identity.usable()).hasValue(delivered.get(1));
        assertThat(identity.status().failures()).isZero();
    }

    @Test
    void anOutageLongerThanTheLifeFailsClosedAndHealsByItself() {
        ca.life = Duration.ofMinutes(4);
        RotatingIdentity identity = start(Optional.empty());
        ca.down = true;
        scheduler.advance(Duration.ofMinutes(4).minusSeconds(1));
        assertThat(identity.usable()).isPresent();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(identity.usable()).isEmpty();
        scheduler.advance(Duration.ofMinutes(10));
        ca.down = false;
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(identity.usable()).hasValue(delivered.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2H", "PT-2H", "PT8760H", "PT-8760H", "PT-1S"})
    void aJumpOfTheWallClockMakesNoStormAndHealsWithTheClock(String jump) {
        RotatingIdentity identity = start(Optional.empty());
        scheduler.advance(Duration.ofHours(1));
        int asked = ca.keys.size();
        Instant truth = clock.now();
        // The CA keeps the right time; ours jumps.
        ca.leaf = leaf -> leaf.valid(truth.minusSeconds(120), truth.plus(Duration.ofHours(24)));
        clock.jump(Duration.parse(jump));
        scheduler.advance(Duration.ofMinutes(2));
        assertThat(ca.keys.size() - asked).isLessThanOrEqualTo(40);
        clock.jump(Duration.parse(jump).negated());
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(identity.usable()).isPresent();
        int healed = ca.keys.size();
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(ca.keys.size()).as("quiet again").isEqualTo(healed);
    }

    /** A suspended machine's monotonic clock stands still while the certificate goes by. */
    @Test
    void aResumedProcessRenewsWithinSeconds() {
        RotatingIdentity identity = start(Optional.empty());
        clock.jump(Duration.ofHours(16));
        scheduler.advance(Duration.ofSeconds(6));
        assertThat(delivered).hasSize(2);
        clock.jump(Duration.ofDays(2));
        assertThat(identity.usable()).isEmpty();
        scheduler.advance(Duration.ofSeconds(6));
        assertThat(identity.usable()).hasValue(delivered.get(2));
    }

    /** The wall clock says that the renewal is far away; the monotonic one knows better. */
    @Test
    void aClockSetBackDoesNotPostponeTheRenewal() {
        start(Optional.empty());
        scheduler.advance(Duration.ofHours(6));
        clock.jump(Duration.ofHours(-5));
        scheduler.advance(Duration.ofHours(8));
        assertThat(delivered).hasSize(2);
    }

    /** istiod dates every certificate back two minutes, also one of a minute. */
    @Test
    void aCertificateThatIsBornOldIsNotRenewedAtOnce() {
        ca.life = Duration.ofMinutes(1);
        start(Optional.empty());
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(ca.keys.size()).isBetween(17, 24);
        assertThat(delivered).hasSameSizeAs(ca.keys);
    }

    static List<Arguments> lies() {
        TestPki other = TestPki.create();
        return List.of(
                argumentSet(
                        "another's",
                        lie(ca -> ca.leaf =
                                leaf -> leaf.withoutNames().andUri("spiffe://cluster.local/ns/shop/sa/admin"))),
                argumentSet(
                        "of another trust domain",
                        lie(ca -> ca.leaf =
                                leaf -> leaf.withoutNames().andUri("spiffe://cluster.locale/ns/shop/sa/reviews"))),
                argumentSet("nobody's", lie(ca -> ca.leaf = leaf -> leaf.withoutNames())),
                argumentSet("of two", lie(ca -> ca.leaf = leaf -> leaf.andUri("spiffe://cluster.local/ns/shop/sa/x"))),
                argumentSet("expired", lie(ca -> ca.leaf = leaf -> leaf.expired())),
                argumentSet("of tomorrow", lie(ca -> ca.leaf = leaf -> leaf.notYetValid())),
                argumentSet("an authority", lie(ca -> ca.leaf = leaf -> leaf.authority())),
                argumentSet("for another key", lie(ca -> ca.leaf = leaf -> leaf.keys(TestKeys.p256()))),
                argumentSet(
                        "below a root that the bundle lacks",
                        lie(ca -> ca.chain = identity ->
                                List.of(Pem.certificates(identity.chain()), Pem.certificates(List.of(other.root()))))),
                argumentSet(
                        "without a bundle",
                        lie(ca -> ca.chain = identity -> List.of(Pem.certificates(identity.chain())))),
                argumentSet("empty", lie(ca -> ca.chain = identity -> List.of())),
                argumentSet("garbage", lie(ca -> ca.chain = identity -> List.of("x", "y"))));
    }

    private static Consumer<ScriptedCa> lie(Consumer<ScriptedCa> lie) {
        return lie;
    }

    @ParameterizedTest
    @MethodSource("lies")
    void anAnswerThatIsNotOursIsNeverHandedOver(Consumer<ScriptedCa> lie) {
        RotatingIdentity identity = start(Optional.empty());
        WorkloadIdentity good = delivered.get(0);
        lie.accept(ca);
        while (identity.status().failures() < 3) {
            scheduler.advance(Duration.ofSeconds(10));
            assertThat(clock.now()).isBefore(good.notBefore().plus(Duration.ofHours(14)));
        }
        assertThat(delivered).containsExactly(good);
        assertThat(identity.usable()).hasValue(good);
        assertThat(identity.status().failures()).isPositive();
    }

    @Test
    void aBundleOfTwoRootsIsHandedOverWhole() {
        TestPki next = TestPki.create(DOMAIN, clock);
        ca.chain = identity ->
                List.of(Pem.certificates(identity.chain()), Pem.certificates(List.of(pki.root(), next.root())));
        start(Optional.empty());
        assertThat(delivered.get(0).trustBundle()).containsExactlyInAnyOrder(pki.root(), next.root());
        ca.pki = next;
        scheduler.advance(Duration.ofHours(14));
        assertThat(delivered).hasSize(2);
        assertThat(delivered.get(1).leaf().getIssuerX500Principal())
                .isEqualTo(next.root().getSubjectX500Principal());
    }

    @Test
    void publishedRootsThatTheIdentityDoesNotHaveRenewItWithinSecondsAndOnce() {
        TestPki next = TestPki.create(DOMAIN, clock);
        RotatingIdentity identity = start(Optional.empty());
        identity.rootsPublished(Set.of(pki.root()));
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(delivered).as("the same roots").hasSize(1);

        ca.chain =
                issued -> List.of(Pem.certificates(issued.chain()), Pem.certificates(List.of(pki.root(), next.root())));
        identity.rootsPublished(Set.of(pki.root(), next.root()));
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(delivered).hasSize(2);
        assertThat(delivered.get(1).trustBundle()).containsExactlyInAnyOrder(pki.root(), next.root());

        identity.rootsPublished(Set.of(next.root()));
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(delivered)
                .as("a CA that is late with a root is not asked without end")
                .hasSize(3);
    }

    @Test
    void anIdentityFromDiskWithOldRootsIsRenewedAtOnce() throws Exception {
        store().save(pki.identity("shop", "reviews"));
        TestPki next = TestPki.create(DOMAIN, clock);
        ca.chain =
                issued -> List.of(Pem.certificates(issued.chain()), Pem.certificates(List.of(pki.root(), next.root())));
        AgentContext context = new AgentContext(clock, new Random(5), scheduler, scheduler);
        RotatingIdentity identity = new RotatingIdentity(
                RotationSettings.of(REVIEWS), context, new CaClient(shown -> ca.channel()), Optional.of(store()));
        identity.rootsPublished(Set.of(pki.root(), next.root()));
        identity.start(delivered::add);
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(delivered).hasSize(2);
        assertThat(delivered.get(1).trustBundle()).hasSize(2);
    }

    @Test
    void chainsWithIntermediatesAreTakenWhole() {
        ca.pki = pki.intermediate("one");
        start(Optional.empty());
        assertThat(delivered.get(0).chain()).hasSize(2);
        ca.chain = identity -> {
            List<String> elements = new ArrayList<>();
            for (X509Certificate certificate : identity.chain()) {
                elements.add(Pem.certificates(List.of(certificate)));
            }
            elements.add(Pem.certificates(identity.trustBundle()));
            return elements;
        };
        scheduler.advance(Duration.ofHours(14));
        assertThat(delivered.get(1).chain()).hasSize(2);
    }

    @Test
    void aRestartWithoutACaServesTheIdentityFromDisk() throws Exception {
        IdentityStore store = store();
        start(Optional.of(store)).close();
        scheduler.runDue();
        WorkloadIdentity first = delivered.get(0);
        delivered.clear();
        ca.down = true;
        scheduler.advance(Duration.ofHours(2));
        int asked = ca.keys.size();
        RotatingIdentity restarted = start(Optional.of(store()));
        assertThat(delivered).singleElement().satisfies(i -> {
            assertThat(i.chain()).isEqualTo(first.chain());
            assertThat(i.key()).isEqualTo(first.key());
        });
        assertThat(restarted.usable()).isPresent();
        assertThat(ca.keys).as("not yet time to renew").hasSize(asked);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("identity/identity"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anExpiredOrForeignIdentityOnDiskIsNotUsed() throws Exception {
        store().save(pki.identity("shop", "admin"));
        ca.down = true;
        assertThat(start(Optional.of(store())).usable()).isEmpty();
        store().save(pki.leaf(REVIEWS).expired().issue());
        assertThat(start(Optional.of(store())).usable()).isEmpty();
        assertThat(delivered).isEmpty();
    }

    @Test
    void aDiskThatCannotBeWrittenDoesNotMatter() throws Exception {
        IdentityStore store = store();
        Files.delete(folder.resolve("identity"));
        start(Optional.of(store));
        assertThat(delivered).hasSize(1);
        scheduler.advance(Duration.ofHours(14));
        assertThat(delivered).hasSize(2);
    }

    @Test
    void everyConsumerGetsEveryIdentityAndNoneAfterTheEnd() {
        RotatingIdentity identity = start(Optional.empty());
        List<WorkloadIdentity> late = new ArrayList<>();
        scheduler.advance(Duration.ofHours(1));
        identity.start(late::add);
        scheduler.advance(Duration.ofHours(13));
        assertThat(delivered).hasSize(2);
        assertThat(late).isEqualTo(delivered);
        identity.close();
        scheduler.advance(Duration.ofHours(100));
        assertThat(delivered).hasSize(2);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void rsaKeysAreMadeWhereTheyAreAskedFor() {
        RotationSettings settings =
                new RotationSettings(REVIEWS, Duration.ofHours(24), KeyAlgorithm.RSA_2048, RotationSchedule.STANDARD);
        start(settings, Optional.empty());
        assertThat(delivered.get(0).key().getAlgorithm()).isEqualTo("RSA");
    }

    private IdentityStore store() throws Exception {
        return new IdentityStore(PrivateDirectory.open(folder.resolve("identity")));
    }

    private RotatingIdentity start(Optional<IdentityStore> store) {
        return start(RotationSettings.of(REVIEWS), store);
    }

    private RotatingIdentity start(RotationSettings settings, Optional<IdentityStore> store) {
        AgentContext context = new AgentContext(clock, new Random(5), scheduler, scheduler);
        RotatingIdentity identity = new RotatingIdentity(settings, context, new CaClient(shown -> ca.channel()), store);
        identity.start(delivered::add);
        scheduler.runDue();
        return identity;
    }
}
