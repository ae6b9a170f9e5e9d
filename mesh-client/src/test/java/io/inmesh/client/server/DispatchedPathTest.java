package io.inmesh.client.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.authz.InboundPath;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.Policies;
import io.inmesh.client.testing.RawHttp;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The path that is authorized is the path that the handler is dispatched by, or the answer is 400 (docs/adr/0010). */
@ParameterizedClass
@EnumSource(ServerKind.class)
class DispatchedPathTest {

    private static final List<String> PIECES = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/./",
            "/../",
            "admin",
            "public",
            "%61dmin",
            "adm%69n",
            "ADMIN",
            ";a=b",
            ";",
            "%2e",
            "%2e%2e",
            "%2f",
            "%5c",
            "\\",
            "%00",
            "%",
            "%zz",
            "%c0%ae",
            "%c3%a9",
            "%3b",
            "%23",
            "%3f",
            "#",
            "?",
            "?q=/admin",
            "..;",
            ".;x",
            "~",
            "!",
            "%20",
            "+",
            "%25",
            "%252e",
            "|",
            "\"",
            "\u00e9",
            "\u0001",
            "@",
            ":",
            "a",
            "*",
            "%u002e",
            "[",
            "^",
            "{");

    private final MeshedServer server;

    DispatchedPathTest(ServerKind kind) {
        server = kind.start(TestPki.create().identity("default", "httpbin"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void noTargetIsDispatchedByAnotherPathThanTheOneThatWasJudged() throws Exception {
        server.with(port -> InboundListeners.permissive(port, Policies.deny(Policies.pathPrefix("/admin"))));
        Random random = new Random(20261123);
        List<String> targets = Stream.concat(
                        IntStream.range(1, 256).mapToObj(c -> "/a" + String.format("%%%02x", c) + "dmin"),
                        Stream.generate(() -> target(random)).limit(3000))
                .toList();
        int served = 0;
        int denied = 0;
        for (String target : targets) {
            String answer = get(target);
            if (answer.contains("served\n")) {
                served++;
                String dispatched = URLDecoder.decode(line(answer, "dispatched="), StandardCharsets.UTF_8);
                Optional<InboundPath> judged = InboundPath.of(target);
                assertThat(judged).as("judged %s", target).isPresent();
                assertThat(dispatched)
                        .as(target)
                        .isEqualTo(judged.get().decoded())
                        .doesNotStartWith("/admin");
            } else if (answer.startsWith("HTTP/1.1 403")) {
                denied++;
            } else {
                assertThat(answer).as(target).startsWith("HTTP/1.1 400");
            }
        }
        assertThat(served).isGreaterThan(300);
        assertThat(denied).isGreaterThan(50);
    }

    private String get(String target) throws IOException {
        try (RawHttp http = RawHttp.plaintext(server.port())) {
            return http.exchange("GET " + target + " HTTP/1.1\r\nHost: httpbin\r\nConnection: close\r\n\r\n");
        }
    }

    private static String target(Random random) {
        StringBuilder target = new StringBuilder("/");
        int pieces = 1 + random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            target.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return target.toString();
    }

    private static String line(String answer, String prefix) {
        return answer.lines()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow()
                .substring(prefix.length());
    }
}
