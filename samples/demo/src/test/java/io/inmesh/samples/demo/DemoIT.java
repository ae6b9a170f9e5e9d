package io.inmesh.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line of the demo holds, and turns false when the policy that it speaks of is taken away. */
class DemoIT {

    private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();
    private static final Duration TIME_TO_CHANGE = Duration.ofSeconds(30);

    private static Bookshop bookshop;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Installation installation = Installation.fromSystemProperties();
        assertThat(installation.isComplete()).as("the bookshop is packaged").isTrue();
        bookshop = Bookshop.start(installation, folder, RUNNING);
    }

    @AfterAll
    static void stop() {
        Closing.all(RUNNING);
    }

    @Test
    void identitiesNeedMutualTls() throws Exception {
        turnsFalseAndBack(new MutualTls(bookshop)::identities, "mtls.yaml", "mode: STRICT", "mode: DISABLE");
    }

    @Test
    void plaintextIsRefusedBecauseOfStrict() throws Exception {
        turnsFalseAndBack(new MutualTls(bookshop)::strict, "mtls.yaml", "mode: STRICT", "mode: PERMISSIVE");
    }

    @Test
    void jasonSeesV2BecauseOfTheRoute() throws Exception {
        turnsFalseAndBack(new Routing(bookshop)::header, Policies.ROUTE);
    }

    @Test
    void oneInTenSeesV2BecauseOfTheRoute() throws Exception {
        turnsFalseAndBack(new Routing(bookshop)::canary, Policies.ROUTE);
    }

    @Test
    void callsFailAndAreLateBecauseOfTheFault() throws Exception {
        turnsFalseAndBack(new Faults(bookshop)::injected, "ratings-faults.yaml");
    }

    @Test
    void theOperatorIsDeniedBecauseOfThePolicy() throws Exception {
        turnsFalseAndBack(new Policies(bookshop)::denied, "ratings-access.yaml");
    }

    @Test
    void aFailingInstanceIsHiddenByRetriesEjectedAndTakenBack() throws Exception {
        FailingInstance failing = new FailingInstance(bookshop);
        holds(failing::hiddenByRetries);
        holds(failing::ejected);
        holds(failing::returned);
    }

    @Test
    void withoutRetriesShoppersSeeTheFailingInstance() throws Exception {
        FailingInstance failing = new FailingInstance(bookshop);
        String route = bookshop.policies().read(Policies.ROUTE);
        try {
            bookshop.policies().edit(Policies.ROUTE, "attempts: 3", "attempts: 0");
            withoutEjection(() -> turnsFalse(failing::hiddenByRetries));
        } finally {
            bookshop.policies().write(Policies.ROUTE, route);
            bookshop.operator().failing(bookshop.port("reviews-v1-a"), false);
        }
        eventually(failing::returned);
    }

    @Test
    void withoutOutlierDetectionTheFailingInstanceKeepsGettingCalls() throws Exception {
        FailingInstance failing = new FailingInstance(bookshop);
        bookshop.operator().failing(bookshop.port("reviews-v1-a"), true);
        withoutEjection(() -> turnsFalse(failing::ejected));
        bookshop.operator().failing(bookshop.port("reviews-v1-a"), false);
        eventually(failing::returned);
    }

    @Test
    void anEditTakesNoEffectWhileTheControlServiceStands() throws Exception {
        Fact edited = new Policies(bookshop)::edited;
        holds(edited);
        long control = bookshop.control().process().pid();
        signal("-STOP", control);
        try {
            assertThat(edited.check().holds()).isFalse();
        } finally {
            signal("-CONT", control);
        }
        eventually(edited);
    }

    private static void turnsFalseAndBack(Fact fact, String file) throws Exception {
        holds(fact);
        String policy = bookshop.policies().read(file);
        bookshop.policies().remove(file);
        try {
            turnsFalse(fact);
        } finally {
            bookshop.policies().write(file, policy);
        }
        eventually(fact);
    }

    private static void turnsFalseAndBack(Fact fact, String file, String from, String to) throws Exception {
        holds(fact);
        String policy = bookshop.policies().read(file);
        bookshop.policies().edit(file, from, to);
        try {
            turnsFalse(fact);
        } finally {
            bookshop.policies().write(file, policy);
        }
        eventually(fact);
    }

    private static void withoutEjection(Checked measured) throws Exception {
        String hosts = bookshop.policies().read("reviews-hosts.yaml");
        bookshop.policies().edit("reviews-hosts.yaml", "consecutive5xxErrors: 5", "consecutive5xxErrors: 0");
        try {
            measured.run();
        } finally {
            bookshop.policies().write("reviews-hosts.yaml", hosts);
        }
    }

    private static void holds(Fact fact) throws Exception {
        Line line = fact.check();
        assertThat(line.holds()).as(line.toString()).isTrue();
    }

    private static void turnsFalse(Fact fact) throws Exception {
        until(fact, false);
    }

    private static void eventually(Fact fact) throws Exception {
        until(fact, true);
    }

    private static void until(Fact fact, boolean wanted) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Line line = fact.check();
        while (line.holds() != wanted && System.nanoTime() - start < TIME_TO_CHANGE.toNanos()) {
            line = fact.check();
        }
        assertThat(line.holds()).as(line.toString()).isEqualTo(wanted);
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).start();
        assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @FunctionalInterface
    private interface Checked {
        void run() throws Exception;
    }
}
