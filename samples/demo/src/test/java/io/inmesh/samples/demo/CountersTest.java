package io.inmesh.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersTest {

    private static final String BEFORE = """
            # HELP bookshop_requests_total
            # TYPE bookshop_requests_total counter
            bookshop_requests_total{peer="spiffe://a",resource="/reviews",status="200"} 3.0
            bookshop_requests_total{peer="spiffe://b",resource="/reviews",status="200"} 1.0
            bookshop_requests_total{peer="none",resource="/actuator",status="200"} 7.0
            jvm_threads_live_threads 20.0
            """;
    private static final String AFTER = """
            bookshop_requests_total{peer="spiffe://a",resource="/reviews",status="200"} 5.0
            bookshop_requests_total{peer="spiffe://a",resource="/reviews",status="503"} 1.0
            bookshop_requests_total{peer="spiffe://b",resource="/reviews",status="200"} 1.0
            bookshop_requests_total{peer="none",resource="/actuator",status="200"} 8.0
            """;

    private final Snapshot before = new Snapshot(Map.of("reviews", Counters.parse(BEFORE)));
    private final Snapshot after = new Snapshot(Map.of("reviews", Counters.parse(AFTER)));

    @Test
    void countsOneResourceOnly() {
        assertThat(after.requestsSince(before, "/reviews", List.of("reviews"))).isEqualTo(3);
    }

    @Test
    void tellsStatusesApart() {
        assertThat(after.requestsSince(before, "/reviews", 503, "reviews")).isEqualTo(1);
        assertThat(after.requestsSince(before, "/reviews", 200, "reviews")).isEqualTo(2);
    }

    @Test
    void namesOnlyThoseWhoCalledInBetween() {
        assertThat(after.peersSince(before, "/reviews", List.of("reviews"))).containsExactly("spiffe://a");
    }

    @Test
    void takesAProcessThatIsGoneAsSilent() {
        assertThat(after.requestsSince(after, "/reviews", List.of("elsewhere"))).isZero();
    }
}
