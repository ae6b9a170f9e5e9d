package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.control.serve.CallerCredentials;
import io.inmesh.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapTokensTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");
    private static final SpiffeId REVIEWS = SpiffeId.of(DOMAIN, "shop", "reviews");

    @TempDir
    Path state;

    private final FakeClock clock = new FakeClock();
    private BootstrapTokens tokens;

    @BeforeEach
    void open() throws IOException {
        tokens = new BootstrapTokens(PrivateDirectory.open(state.resolve("tokens")), DOMAIN, clock, new SecureRandom());
    }

    @Test
    void aTokenIsAFileThatOnlyTheOwnerReadsAndProvesOneServiceAccount() throws Exception {
        Path file = tokens.issue("shop", "reviews");
        assertThat(file).isEqualTo(state.resolve("tokens/shop/reviews/token"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        for (Path folder = file.getParent(); !folder.equals(state); folder = folder.getParent()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
        assertThat(identify(Files.readString(file))).hasValue(REVIEWS);
    }

    @Test
    void aTokenMayBeUsedAgainUntilTenMinutesAreOver() throws Exception {
        String token = Files.readString(tokens.issue("shop", "reviews"));
        assertThat(identify(token)).hasValue(REVIEWS);
        clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(identify(token)).hasValue(REVIEWS);
        clock.advance(Duration.ofSeconds(1));
        assertThat(identify(token)).isEmpty();
    }

    @Test
    void aClockSetBackDoesNotProlongAToken() throws Exception {
        String token = Files.readString(tokens.issue("shop", "reviews"));
        clock.jump(Duration.ofHours(-2));
        assertThat(identify(token)).isEmpty();
    }

    @Test
    void anythingElseProvesNothing() throws Exception {
        String token = Files.readString(tokens.issue("shop", "reviews"));
        tokens.issue("shop", "ratings");
        assertThat(identify(token.replace("reviews", "ratings"))).isEmpty();
        assertThat(identify(token.replace("shop", "istio-system"))).isEmpty();
        assertThat(identify(token + " ")).isEmpty();
        assertThat(identify(token.substring(0, token.length() - 1))).isEmpty();
        assertThat(identify("")).isEmpty();
        String later = token.replaceFirst("~\\d+~", "~99999999999~");
        assertThat(later).isNotEqualTo(token);
        assertThat(identify(later)).isEmpty();
        assertThat(tokens.identify(new CallerCredentials(List.of(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void aSpentTokenIsReplacedWhileTheOneBeforeStaysGood() throws Exception {
        Path file = tokens.issue("shop", "reviews");
        String first = Files.readString(file);
        clock.advance(Duration.ofMinutes(4));
        tokens.renewIfDue();
        assertThat(Files.readString(file)).isEqualTo(first);
        clock.advance(Duration.ofMinutes(2));
        tokens.renewIfDue();
        String second = Files.readString(file);
        assertThat(second).isNotEqualTo(first);
        assertThat(identify(first)).hasValue(REVIEWS);
        clock.advance(Duration.ofMinutes(5));
        assertThat(identify(first)).isEmpty();
        assertThat(identify(second)).hasValue(REVIEWS);
    }

    @Test
    void aTokenOutlivesARestartOfTheControlService() throws Exception {
        Path file = tokens.issue("shop", "reviews");
        String token = Files.readString(file);
        clock.advance(Duration.ofMinutes(3));
        open();
        tokens.issue("shop", "reviews");
        assertThat(Files.readString(file)).isEqualTo(token);
        assertThat(identify(token)).hasValue(REVIEWS);
    }

    @Test
    void aDamagedOrForeignFileIsReplaced() throws Exception {
        Path file = tokens.issue("shop", "reviews");
        String token = Files.readString(file);
        for (String content : List.of("", "x", token.substring(0, 30), token.replace("reviews", "ratings"))) {
            Files.writeString(file, content);
            open();
            tokens.issue("shop", "reviews");
            assertThat(Files.readString(file)).isNotEqualTo(content);
            assertThat(identify(Files.readString(file))).hasValue(REVIEWS);
            assertThat(identify(content)).isEmpty();
        }
    }

    @Test
    void namesThatLeaveTheFolderAreRefused() {
        for (String name : List.of("", ".", "..", "../x", "a/b", "a~b", "A", "-a", "a\n")) {
            assertThatThrownBy(() -> tokens.issue(name, "reviews")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tokens.issue("shop", name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Optional<SpiffeId> identify(String token) {
        return tokens.identify(new CallerCredentials(List.of(), Optional.of(token)));
    }
}
