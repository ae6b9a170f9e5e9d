package io.inmesh.control.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.WorkloadEntry;
import io.inmesh.control.config.WorkloadEntryFile;
import io.inmesh.control.config.WorkloadGroup;
import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.Proxy;
import io.inmesh.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoRegistrationTest {

    private static final WorkloadGroup GROUP =
            Yaml.of("""
            apiVersion: networking.istio.io/v1
            kind: WorkloadGroup
            metadata: {name: reviews, namespace: shop}
            spec:
              metadata: {labels: {app: reviews}}
              template: {serviceAccount: reviews, ports: {http: 8080}}
            """).of(WorkloadGroup.class).get(0);

    @TempDir
    Path state;

    private final FakeClock clock = new FakeClock();
    private final AtomicInteger changes = new AtomicInteger();

    private AutoRegistration registration() {
        return new AutoRegistration(
                clock, Optional.of(new WorkloadEntryFile(state.resolve("workloads.yaml"))), changes::incrementAndGet);
    }

    private static Proxy proxy(String name, String version) {
        return new Proxy(
                "sidecar~127.0.0.1~" + name + ".shop~shop.svc.cluster.local",
                name,
                "shop",
                "reviews",
                Map.of("version", version, "app", "liar"),
                List.of("127.0.0.1"),
                "shop.svc.cluster.local",
                false,
                Optional.empty());
    }

    private static void register(AutoRegistration registration, String name, int port, Object owner) {
        registration.register(GROUP, proxy(name, "v1"), "127.0.0.1", Map.of("http", port), "", owner);
    }

    @Test
    void workloadsOnOneAddressAreToldApartByNameAndPort() {
        AutoRegistration registration = registration();
        register(registration, "a", 9001, 1);
        register(registration, "b", 9002, 2);

        assertThat(registration.entries())
                .extracting(entry -> entry.spec().ports().get("http"))
                .containsExactly(9001, 9002);
        assertThat(registration.entries().get(0).spec().labels())
                .containsEntry("version", "v1")
                .as("the group's word goes before the workload's")
                .containsEntry("app", "reviews");
    }

    @Test
    void anEntryOutlivesItsStreamByTheGracePeriod() {
        AutoRegistration registration = registration();
        register(registration, "a", 9001, 1);
        registration.disconnected(1);
        clock.advance(Duration.ofMillis(9_900));
        registration.expire();
        assertThat(registration.entries()).hasSize(1);

        clock.advance(Duration.ofMillis(200));
        registration.expire();
        assertThat(registration.entries()).isEmpty();
    }

    @Test
    void aReconnectWithinTheGracePeriodChangesNothing() {
        AutoRegistration registration = registration();
        register(registration, "a", 9001, 1);
        registration.disconnected(1);
        clock.advance(Duration.ofSeconds(5));
        register(registration, "a", 9001, 2);
        clock.advance(Duration.ofSeconds(60));
        registration.expire();

        assertThat(registration.entries()).hasSize(1);
        assertThat(changes).hasValue(1);
    }

    @Test
    void theEndOfAnOldStreamDoesNotEndTheWorkloadOfTheNewOne() {
        AutoRegistration registration = registration();
        register(registration, "a", 9001, 1);
        register(registration, "a", 9001, 2);
        registration.disconnected(1);
        clock.advance(Duration.ofSeconds(60));
        registration.expire();
        assertThat(registration.entries()).hasSize(1);
    }

    @Test
    void whoTakesNoMoreRequestsIsNamedNoMore() {
        AutoRegistration registration = registration();
        register(registration, "a", 9001, 1);
        register(registration, "b", 9002, 2);
        registration.withdraw(1);

        assertThat(registration.entries())
                .extracting(entry -> entry.meta().name())
                .containsExactly("b");
        assertThat(changes).hasValue(3);
        registration.disconnected(1);
        register(registration, "a", 9001, 3);
        assertThat(registration.entries()).as("and is back when it says so").hasSize(2);
    }

    @Test
    void aNewStreamOfTheWorkloadKeepsItsEntryWhenTheOldOneWithdraws() {
        AutoRegistration registration = registration();
        register(registration, "a", 9001, 1);
        register(registration, "a", 9001, 2);
        registration.withdraw(1);
        assertThat(registration.entries()).hasSize(1);
    }

    @Test
    void entriesSurviveARestartUntilTheirWorkloadsHadTimeToComeBack() {
        register(registration(), "a", 9001, 1);

        AutoRegistration restarted = registration();
        assertThat(restarted.entries()).singleElement().satisfies(entry -> {
            WorkloadEntry.Spec spec = entry.spec();
            assertThat(spec.ports()).containsEntry("http", 9001);
            assertThat(spec.labels()).containsEntry("version", "v1");
            assertThat(spec.serviceAccount()).isEqualTo("reviews");
        });
        clock.advance(Duration.ofSeconds(30));
        register(restarted, "a", 9001, 7);
        clock.advance(Duration.ofSeconds(100));
        restarted.expire();
        assertThat(restarted.entries()).hasSize(1);

        AutoRegistration again = registration();
        clock.advance(AutoRegistration.RESTART_GRACE);
        again.expire();
        assertThat(again.entries()).isEmpty();
    }

    @Test
    void labelsThatLookLikeYamlStayText() {
        AutoRegistration registration = registration();
        Proxy hostile = new Proxy(
                "x",
                "a",
                "shop",
                "reviews",
                Map.of("k\"}\nkind: \\", "v\n---\na: b\u0000"),
                List.of(),
                "",
                false,
                Optional.empty());
        registration.register(GROUP, hostile, "127.0.0.1", Map.of(), "", 1);
        assertThat(registration().entries().get(0).spec().labels())
                .containsEntry("k\"}\nkind: \\", "v\n---\na: b\u0000");
    }
}
