package io.inmesh.control.jwks;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.KeyAddress;
import io.inmesh.testkit.FakeClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyDocumentsTest {

    private static final KeyAddress KEYS =
            new KeyAddress(URI.create("https://issuer/keys"), false, Duration.ofSeconds(5));
    private static final KeyAddress DISCOVERED =
            new KeyAddress(URI.create("https://issuer/.well-known/openid-configuration"), true, Duration.ofSeconds(5));
    private static final String ONE = "{\"keys\":[1]}";
    private static final String TWO = "{\"keys\":[2]}";

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();
    private final Map<URI, String> issuer = new HashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();

    private KeyDocuments documents() {
        return new KeyDocuments(
                (uri, timeout) -> {
                    fetches.incrementAndGet();
                    String document = issuer.get(uri);
                    if (document == null) {
                        throw new IOException("nobody there");
                    }
                    return document;
                },
                new KeyFiles(folder),
                clock,
                Runnable::run,
                changes::incrementAndGet);
    }

    @Test
    void keysAreFetchedOnceForAllAndLookedForAgainAfterAWhile() {
        KeyDocuments documents = documents();
        issuer.put(KEYS.uri(), ONE);

        documents.watch(List.of(KEYS, KEYS));
        documents.tick();
        assertThat(documents.current()).containsExactly(Map.entry(KEYS, ONE));
        assertThat(fetches).hasValue(1);
        assertThat(changes).hasValue(1);

        issuer.put(KEYS.uri(), TWO);
        clock.advance(Duration.ofMinutes(20));
        documents.tick();
        assertThat(documents.current()).containsEntry(KEYS, TWO);
        assertThat(changes).hasValue(2);
    }

    @Test
    void keysStayThroughAnOutageAndFetchesThenBecomeRarer() {
        KeyDocuments documents = documents();
        issuer.put(KEYS.uri(), ONE);
        documents.watch(List.of(KEYS));
        issuer.clear();

        for (int second = 0; second < 3600 + 1200; second++) {
            clock.advance(Duration.ofSeconds(1));
            documents.tick();
        }

        assertThat(documents.current()).containsEntry(KEYS, ONE);
        assertThat(fetches.get()).as("an hour of outage").isBetween(50, 70);
        assertThat(changes).hasValue(1);

        issuer.put(KEYS.uri(), TWO);
        clock.advance(Duration.ofMinutes(1));
        documents.tick();
        assertThat(documents.current()).containsEntry(KEYS, TWO);
    }

    @Test
    void keysThatCouldNotBeConfirmedForAWeekAreNotBelievedAnyLonger() {
        KeyDocuments documents = documents();
        issuer.put(KEYS.uri(), ONE);
        documents.watch(List.of(KEYS));
        issuer.clear();
        clock.advance(Duration.ofDays(7).plusSeconds(1));
        documents.tick();

        assertThat(documents.current()).isEmpty();
    }

    @Test
    void keysSurviveARestartDuringAnOutage() {
        issuer.put(KEYS.uri(), ONE);
        documents().watch(List.of(KEYS));
        issuer.clear();

        KeyDocuments restarted = documents();
        restarted.watch(List.of(KEYS));

        assertThat(restarted.current()).containsEntry(KEYS, ONE);
    }

    @Test
    void anIssuerMayTellWhereItsKeysAre() {
        KeyDocuments documents = documents();
        issuer.put(DISCOVERED.uri(), "{\"issuer\":\"https://issuer\",\"jwks_uri\":\"https:\\/\\/issuer\\/keys\"}");
        issuer.put(KEYS.uri(), ONE);

        documents.watch(List.of(DISCOVERED));

        assertThat(documents.current()).containsEntry(DISCOVERED, ONE);
    }

    @Test
    void whatIsNoJwksAndWhatIsNoLongerNamedIsNotKept() {
        KeyDocuments documents = documents();
        issuer.put(KEYS.uri(), "<html>login</html>");
        documents.watch(List.of(KEYS));
        assertThat(documents.current()).isEmpty();

        issuer.put(KEYS.uri(), ONE);
        clock.advance(Duration.ofMinutes(1));
        documents.tick();
        assertThat(documents.current()).isNotEmpty();

        documents.watch(List.of());
        assertThat(documents.current()).isEmpty();
    }
}
