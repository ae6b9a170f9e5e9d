package io.inmesh.samples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The running bookshop: a control service, six processes, an operator. All its files are below one folder. */
final class Bookshop implements AutoCloseable {

    static final List<Workload> WORKLOADS = List.of(
            new Workload("storefront", "storefront", "v1", 18080),
            new Workload("reviews-v1-a", "reviews", "v1", 18081),
            new Workload("reviews-v1-b", "reviews", "v1", 18082),
            new Workload("reviews-v2-a", "reviews", "v2", 18083),
            new Workload("reviews-v2-b", "reviews", "v2", 18084),
            new Workload("ratings", "ratings", "v1", 18085));

    static final List<String> REVIEWS_V1 = List.of("reviews-v1-a", "reviews-v1-b");
    static final List<String> REVIEWS_V2 = List.of("reviews-v2-a", "reviews-v2-b");
    static final List<String> REVIEWS = List.of("reviews-v1-a", "reviews-v1-b", "reviews-v2-a", "reviews-v2-b");

    private final Installation installation;
    private final Path work;
    private final Probes probes = new Probes();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Deque<AutoCloseable> running;
    private final PolicyFolder policies;
    private ControlProcess control;
    private final OperatorIdentity operatorIdentity;
    private final Operator operator;
    private final Shopper shopper;

    private Bookshop(Installation installation, Path work, Deque<AutoCloseable> running)
            throws IOException, InterruptedException {
        this.installation = installation;
        this.work = work;
        this.running = running;
        policies = PolicyFolder.copy(installation.policies(), work.resolve("mesh"));
        control = opened(ControlProcess.start(installation, policies, work));
        for (Workload workload : WORKLOADS) {
            members.put(workload.name(), opened(Member.start(installation, workload, control, work)));
        }
        operatorIdentity = opened(OperatorIdentity.obtain(control, work.resolve("operator")));
        operator = new Operator(operatorIdentity.current());
        shopper = new Shopper(port("storefront"));
        awaitReady();
    }

    /**
     * Starts everything and waits until all of it is ready.
     *
     * @param running what was started, also when this fails; to be closed in reverse
     */
    static Bookshop start(Installation installation, Path work, Deque<AutoCloseable> running)
            throws IOException, InterruptedException {
        return new Bookshop(installation, work, running);
    }

    private <T extends AutoCloseable> T opened(T part) {
        running.push(part);
        return part;
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (Member member : members.values()) {
            Patience.await(
                    member.workload().name() + " is ready, see "
                            + member.process().log(),
                    () -> {
                        member.process().mustLive();
                        return probes.ready(member.probePort());
                    });
        }
        // Ready is each by itself; that everyone has heard of everyone shows only in an answer.
        Patience.await("a shopper sees a book", () -> shopper.visit("jason").status() == 200);
        Patience.await("reviews reach ratings", () -> shopper.visit("jason").rated());
    }

    private void awaitReady(Member member) throws IOException, InterruptedException {
        Patience.await(
                member.workload().name() + " is ready, see " + member.process().log(), () -> {
                    member.process().mustLive();
                    return probes.ready(member.probePort());
                });
    }

    /** As {@code kill -9} does: nobody is told. */
    void kill(String workload) throws InterruptedException {
        member(workload).process().kill();
    }

    /** Starts a killed member again, with the files it left, and waits until it is ready. */
    Member restart(String workload) throws IOException, InterruptedException {
        Member member = opened(Member.start(installation, member(workload).workload(), control, work));
        members.put(workload, member);
        awaitReady(member);
        return member;
    }

    void killControl() throws InterruptedException {
        control.process().kill();
    }

    void restartControl() throws IOException, InterruptedException {
        control = opened(ControlProcess.start(installation, policies, work));
    }

    Snapshot snapshot() throws IOException, InterruptedException {
        Map<String, Counters> counters = new LinkedHashMap<>();
        for (Member member : members.values()) {
            counters.put(member.workload().name(), probes.counters(member.probePort()));
        }
        return new Snapshot(counters);
    }

    Collection<Member> members() {
        return members.values();
    }

    ControlProcess control() {
        return control;
    }

    OperatorIdentity operatorIdentity() {
        return operatorIdentity;
    }

    PolicyFolder policies() {
        return policies;
    }

    Operator operator() {
        return operator;
    }

    Shopper shopper() {
        return shopper;
    }

    int port(String workload) {
        return member(workload).port();
    }

    private Member member(String workload) {
        Member member = members.get(workload);
        if (member == null) {
            throw new IllegalArgumentException("no workload " + workload);
        }
        return member;
    }

    @Override
    public void close() {
        Closing.all(running);
    }
}
