package io.inmesh.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.agent.connect.AgentContext;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.FakeScheduler;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIdentityTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");
    private static final Duration SOON = Duration.ofSeconds(5);

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final TestPki pki = TestPki.create(DOMAIN, clock);
    private final List<WorkloadIdentity> delivered = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void aChangedDirectoryIsANewIdentityWithinSeconds() throws Exception {
        WorkloadIdentity first = pki.identity("shop", "reviews");
        write(first);
        FileIdentity identity = start();
        assertThat(delivered).extracting(WorkloadIdentity::leaf).containsExactly(first.leaf());

        WorkloadIdentity second = pki.identity("shop", "reviews");
        write(second);
        scheduler.advance(SOON);

        assertThat(delivered).extracting(WorkloadIdentity::leaf).containsExactly(first.leaf(), second.leaf());
        assertThat(identity.status().failures()).isZero();
        assertThat(identity.usable()).map(WorkloadIdentity::leaf).contains(second.leaf());
    }

    @Test
    void filesThatComeLateAreFoundAndBadOnesLeaveTheLastGoodIdentity() throws Exception {
        FileIdentity identity = start();
        assertThat(identity.usable()).isEmpty();
        assertThat(identity.status().lastFailure().orElseThrow()).contains("key.pem");
        WorkloadIdentity first = pki.identity("shop", "reviews");
        write(first);
        scheduler.advance(SOON);
        assertThat(identity.usable()).map(WorkloadIdentity::leaf).contains(first.leaf());

        Files.writeString(folder.resolve("key.pem"), "torn");
        scheduler.advance(SOON);
        assertThat(identity.status().failures()).isPositive();
        assertThat(identity.usable()).map(WorkloadIdentity::leaf).contains(first.leaf());
    }

    @Test
    void anotherWorkloadsIdentityIsNotTaken() throws Exception {
        write(pki.identity("shop", "ratings"));
        FileIdentity identity = start();

        assertThat(delivered).isEmpty();
        assertThat(identity.status().lastFailure().orElseThrow()).contains("ratings", "not of");
    }

    @Test
    void afterItsEndThereIsNoIdentityUntilTheNextComes() throws Exception {
        WorkloadIdentity first = pki.identity("shop", "reviews");
        write(first);
        FileIdentity identity = start();

        clock.jump(Duration.between(clock.now(), first.notAfter()).plusSeconds(1));
        scheduler.advance(SOON);
        assertThat(identity.usable()).isEmpty();
        write(pki.identity("shop", "reviews"));
        scheduler.advance(SOON);
        assertThat(identity.usable()).isPresent();
    }

    private FileIdentity start() {
        AgentContext context = new AgentContext(clock, new Random(1), scheduler, scheduler);
        FileIdentity identity = new FileIdentity(SpiffeId.of(DOMAIN, "shop", "reviews"), folder, context);
        identity.start(delivered::add);
        scheduler.advance(Duration.ZERO);
        return identity;
    }

    private void write(WorkloadIdentity identity) throws IOException {
        Files.writeString(folder.resolve("key.pem"), Pem.privateKey(identity.key()));
        Files.writeString(folder.resolve("cert-chain.pem"), Pem.certificates(identity.chain()));
        Files.writeString(folder.resolve("root-cert.pem"), Pem.certificates(identity.trustBundle()));
    }
}
