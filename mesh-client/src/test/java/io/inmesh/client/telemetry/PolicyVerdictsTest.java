package io.inmesh.client.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.MeshListener.Reporter;
import io.inmesh.api.spi.PolicyVerdict;
import io.inmesh.api.spi.PolicyVerdict.Kind;
import io.inmesh.api.spi.Workload;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What policies say goes to the log and to counters. */
class PolicyVerdictsTest {

    private static final String RBAC = "envoy.filters.http.rbac";
    private static final PolicyVerdict AUDIT = new PolicyVerdict(Kind.AUDIT, RBAC, "audit", true, "LOG");
    private static final PolicyVerdict WOULD_DENY = new PolicyVerdict(Kind.DRY_RUN, RBAC, "trial", false, "DENY");
    private static final PolicyVerdict WOULD_ALLOW = new PolicyVerdict(Kind.DRY_RUN, RBAC, "trial", true, "DENY");
    private static final PolicyVerdict DENIED =
            new PolicyVerdict(Kind.DENIED, RBAC, "deny", false, "a DENY policy matched");

    @Test
    void whatSomebodyWroteAPolicyToSeeIsLoggedAndDenialsAreNotUnlessAskedFor() {
        Lines lines = new Lines();
        CallListener call = new PolicyLog(lines).callStarted(Reporter.DESTINATION, new IstioMetricsTest.Head());
        assertThat(call).isNotNull();
        List.of(AUDIT, WOULD_DENY, WOULD_ALLOW, DENIED).forEach(call::policyJudged);

        assertThat(lines.logged).hasSize(2);
        assertThat(lines.logged.get(0)).startsWith("INFO policy AUDIT audit allows ");
        assertThat(lines.logged.get(1)).startsWith("INFO policy DRY_RUN trial denies ");
        assertThat(new PolicyLog(lines).callStarted(Reporter.SOURCE, new IstioMetricsTest.Head()))
                .isNull();
    }

    @Test
    void everyVerdictIsCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        CallListener call = new IstioMetrics(registry, Workload.UNKNOWN)
                .callStarted(Reporter.DESTINATION, new IstioMetricsTest.Head());
        List.of(WOULD_DENY, WOULD_DENY, DENIED).forEach(call::policyJudged);

        assertThat(registry.get("inmesh.authorization.verdicts")
                        .tags("kind", "dry_run", "policy", "trial", "result", "denied")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("inmesh.authorization.verdicts")
                        .tags("kind", "denied", "policy", "deny")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private static final class Lines implements System.Logger {

        private final List<String> logged = new ArrayList<>();

        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.INFO.getSeverity();
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            logged.add(level + " " + message);
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... values) {
            logged.add(level + " " + format);
        }
    }
}
