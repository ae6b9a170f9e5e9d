package io.inmesh.client.authz.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TestTokens;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CACHE = Duration.ofMinutes(10);
    private static final TestTokens OLD = TestTokens.rsa("old");
    private static final TestTokens NEW = TestTokens.rsa("new");

    private final FakeClock clock = new FakeClock();
    private final AtomicReference<String> issuer = new AtomicReference<>(OLD.jwks());
    private final AtomicInteger fetches = new AtomicInteger();
    private final RemoteKeys remote = new RemoteKeys(
            (uri, timeout) -> {
                fetches.incrementAndGet();
                String document = issuer.get();
                if (document.isEmpty()) {
                    throw new IOException("nobody there");
                }
                return document;
            },
            clock,
            Runnable::run);
    private final TokenIssuer tokens = new TokenIssuer("", Audiences.of(List.of()), source(), 60);

    private KeySource source() {
        return remote.fetched("https://issuer/keys", TIMEOUT, CACHE).orElseThrow();
    }

    private TokenStatus check(TestTokens by) throws InvalidTokenException {
        return tokens.check(
                tokens.read(by.token("{\"sub\":\"me\"}")), clock.now().getEpochSecond(), null);
    }

    @Test
    void keysAreThereBeforeTheFirstRequestAndOnceForAllPushes() throws InvalidTokenException {
        assertThat(fetches).hasValue(1);
        assertThat(check(OLD)).isEqualTo(TokenStatus.OK);
        assertThat(source()).isSameAs(tokens.keys());
        assertThat(fetches).hasValue(1);
    }

    @Test
    void anUnknownKeyIsLookedForOnceInTenSecondsNotOncePerRequest() throws InvalidTokenException {
        issuer.set(NEW.jwks());
        clock.advance(Duration.ofSeconds(10));
        assertThat(check(NEW)).isEqualTo(TokenStatus.NO_SUCH_KEY);
        assertThat(check(NEW)).as("fetched meanwhile").isEqualTo(TokenStatus.OK);

        for (int i = 0; i < 100; i++) {
            assertThat(check(OLD)).isEqualTo(TokenStatus.NO_SUCH_KEY);
        }
        assertThat(fetches).hasValue(2);
    }

    @Test
    void keysStayThroughAnOutageForAWeek() throws InvalidTokenException {
        issuer.set("");
        for (int minute = 0; minute < 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(check(OLD)).isEqualTo(TokenStatus.OK);
        }
        assertThat(fetches.get()).isLessThan(70);

        clock.advance(Duration.ofDays(7));
        assertThat(check(OLD)).isEqualTo(TokenStatus.KEYS_NOT_FETCHED);

        issuer.set(OLD.jwks());
        clock.advance(Duration.ofMinutes(1));
        check(OLD);
        assertThat(check(OLD)).isEqualTo(TokenStatus.OK);
    }

    @Test
    void whatIsNoAddressIsNotFetchedFrom() {
        assertThat(remote.fetched("file:///etc/passwd", TIMEOUT, CACHE)).isEmpty();
        assertThat(remote.fetched("not a uri", TIMEOUT, CACHE)).isEmpty();
    }
}
