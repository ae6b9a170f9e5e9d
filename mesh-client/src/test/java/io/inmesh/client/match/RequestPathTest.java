package io.inmesh.client.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real Envoy makes of these paths is in the rows of conformance. */
class RequestPathTest {

    @ParameterizedTest
    @CsvSource({
        "/%45xact, /Exact",
        "/%7eme%2D%2e%5f, /~me-._",
        "/a%2Fb%20c%zz%4, /a%2Fb%20c%zz%4",
        "/a/../b/./c, /b/c",
        "/a/%2e%2E/b, /b",
        "/a/.., /",
        "/a/b/., /a/b/",
        "/../a, /a",
        "/.a/..b, /.a/..b",
        "/a?q=%41/../b, /a?q=%41/../b",
        "/%41?q=%41, /A?q=%41",
    })
    void escapesThatAreNotNeededAreUndoneAndDotSegmentsResolved(String path, String normal) {
        assertThat(RequestPath.normalized(path)).isEqualTo(normal);
    }

    @Test
    void aPathThatIsNormalStaysTheSameInstance() {
        String path = "/reviews/1.0?a=%41";
        assertThat(RequestPath.normalized(path)).isSameAs(path);
    }
}
