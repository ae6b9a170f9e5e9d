package io.inmesh.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener.Reporter;
import io.inmesh.api.spi.PolicyVerdict;
import io.inmesh.api.spi.Workload;
import io.inmesh.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DenialsTest {

    private final Denials denials = new Denials(new FakeClock());

    @Test
    void keepsWhoWasDeniedWhatByWhichPolicy() {
        end(start("/ratings/1?token=secret"), "ns[shop]-policy[read-only]-rule[0]");

        assertThat(denials.last())
                .containsExactly(new Denials.Denial(
                        "2026-01-01T00:00:00Z",
                        "spiffe://cluster.local/ns/shop/sa/web",
                        "PUT",
                        "/ratings/1",
                        "ns[shop]-policy[read-only]-rule[0]",
                        "a DENY policy matched"));
    }

    @Test
    void forgetsWhatWasAllowed() {
        end(start("/ratings/1"), "");

        assertThat(denials.last()).isEmpty();
    }

    @Test
    void hearsNothingOfCallsThatGoOut() {
        assertThat(denials.callStarted(Reporter.SOURCE, new Request("/"))).isNull();
    }

    @Test
    void keepsTheLastOnesOnly() {
        for (int i = 0; i < 100; i++) {
            end(start("/" + i), "none");
        }

        assertThat(denials.last()).hasSize(32);
        assertThat(denials.last().get(31).path()).isEqualTo("/99");
    }

    private CallListener start(String path) {
        return denials.callStarted(Reporter.DESTINATION, new Request(path));
    }

    private static void end(CallListener call, String policy) {
        call.policyJudged(
                new PolicyVerdict(PolicyVerdict.Kind.DRY_RUN, "envoy.filters.http.rbac", "trial", false, "DENY"));
        if (!policy.isEmpty()) {
            call.policyJudged(new PolicyVerdict(
                    PolicyVerdict.Kind.DENIED, "envoy.filters.http.rbac", policy, false, "a DENY policy matched"));
        }

        Workload peer = new Workload("", "", "", "", "", "", "", "spiffe://cluster.local/ns/shop/sa/web");
        call.callEnded(new CallReport(
                403,
                Set.of(),
                "",
                CallReport.RouteNames.NONE,
                peer,
                CallReport.Service.UNKNOWN,
                true,
                0,
                Duration.ZERO,
                ""));
    }

    private record Request(String path) implements MeshRequest {

        @Override
        public String method() {
            return "PUT";
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String authority() {
            return "ratings";
        }

        @Override
        public String header(String name) {
            return null;
        }

        @Override
        public List<String> headerValues(String name) {
            return List.of();
        }
    }
}
