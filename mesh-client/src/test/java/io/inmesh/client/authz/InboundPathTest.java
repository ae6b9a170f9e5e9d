package io.inmesh.client.authz;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.testkit.Peers;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundPathTest {

    private static final Pattern ROW = Pattern.compile(
            "\"normalization\": \"(\\w+)\",\\s*\"path\": \"((?:[^\"\\\\]|\\\\.)*)\",\\s*\"expected\": \"((?:[^\"\\\\]|\\\\.)*)\"");

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/a/, /a/",
        "/public/../private, /private",
        "/public/%2e%2e/private, /private",
        "/public/./../private, /private",
        "/.well-known/x, /.well-known/x",
        "/a/.., /",
        "/a/b/.., /a/",
        "/a/., /a/",
        "/../../a, /a",
        "//admin, /admin",
        "/a//b///c, /a/b/c",
        "/app//../admin, /app/admin",
        "/app//../../admin, /admin",
        "//, /",
        "/%61dmin, /admin",
        "/a%40b, /a@b",
        "/caf%c3%a9, /caf%C3%A9",
        "/a%20b, /a%20b",
        "/a%3bb, /a%3Bb",
        "/a%25b, /a%25b",
        "/admin;x=y/action;foo=bar, /admin/action",
        "/.../admin, /.../admin"
    })
    void authorizesTheOnePathThatIsDispatched(String target, String canonical) {
        assertThat(InboundPath.of(target))
                .get()
                .extracting(InboundPath::canonical)
                .isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "admin",
                "http://host/admin",
                "Service/Method",
                "/%2Fadmin",
                "/admin%2f",
                "/x%5c..%5cadmin",
                "/app\\admin",
                "/admin%00",
                "/user/profile#section1",
                "/admin?x#y",
                "/user/..;foo=bar/admin",
                "/a/.;x/b",
                "/a/%2e%2e;x/b",
                "/;a=b/admin",
                "/a%",
                "/a%4",
                "/a%zz",
                "/a%u0041",
                "/a%c0%af",
                "/a%c0%ae%c0%ae/b",
                "/a%ff",
                "/a b",
                "/a\tb",
                "/a\u0080",
                "/a<b",
                "/a\"b",
                "/a;x=%2f",
                "/a;x=%00",
                "/a;x=%zz"
            })
    void refusesWhatHasNoOneMeaning(String target) {
        assertThat(InboundPath.of(target)).isEmpty();
    }

    @Test
    void handsParametersAndQueryOn() {
        InboundPath path =
                InboundPath.of("/a;jsessionid=1//b/../c;v=%41?q=/../%2f&x;y").orElseThrow();

        assertThat(path.target()).isEqualTo("/a;jsessionid=1/c;v=%41?q=/../%2f&x;y");
        assertThat(path.canonical()).isEqualTo("/a/c");
        assertThat(path.sent()).isEqualTo("/a;jsessionid=1//c;v=A");
    }

    @Test
    void aSecondRunChangesNothing() {
        for (int c = 1; c < 256; c++) {
            String target = "/a/%" + String.format("%02x", c) + "/b" + (char) (c % 128 + 1);
            InboundPath.of(target).ifPresent(path -> {
                InboundPath again = InboundPath.of(path.canonical()).orElseThrow();
                assertThat(again.canonical()).as(target).isEqualTo(path.canonical());
                assertThat(again.decoded()).isEqualTo(path.decoded());
            });
        }
    }

    /** Istio's own table: with BASE what we hold for Envoy's view, with MERGE_SLASHES what is dispatched; or 400. */
    @Test
    void agreesWithIstiosTableOrRefuses() throws Exception {
        Matcher row = ROW.matcher(Files.readString(Peers.shared("vectors/path-normalization.json")));
        int rows = 0;
        int agreed = 0;
        while (row.find()) {
            String target = row.group(2).replace("\\\\", "\\");
            Optional<InboundPath> path = InboundPath.of(target);
            if (row.group(1).equals("BASE") && path.isPresent()) {
                assertThat(path.get().sent()).as(target).isEqualTo(row.group(3));
                agreed++;
            } else if (row.group(1).equals("MERGE_SLASHES") && path.isPresent()) {
                assertThat(path.get().canonical()).as(target).isEqualTo(row.group(3));
                agreed++;
            }
            rows++;
        }
        assertThat(rows).isEqualTo(90);
        assertThat(agreed).isGreaterThanOrEqualTo(18);
    }
}
