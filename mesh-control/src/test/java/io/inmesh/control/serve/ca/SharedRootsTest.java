package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.control.config.SharedState;
import io.inmesh.testkit.FakeClock;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedRootsTest {

    private final FakeClock clock = new FakeClock();
    private final Memory memory = new Memory();

    /** What a Secret does, with somebody else who may be faster. */
    private static final class Memory implements SharedState {
        private Optional<Kept> kept = Optional.empty();
        private int version;
        private Runnable faster = () -> {};

        @Override
        public Optional<Kept> read() {
            return kept;
        }

        @Override
        public boolean replace(Optional<Kept> before, String text) {
            Runnable other = faster;
            faster = () -> {};
            other.run();
            if (!kept.map(Kept::version).equals(before.map(Kept::version))) {
                return false;
            }
            kept = Optional.of(new Kept(text, Instant.EPOCH, Integer.toString(++version)));
            return true;
        }

        @Override
        public Optional<String> heard() {
            return kept.map(Kept::version);
        }

        @Override
        public String where() {
            return "memory";
        }
    }

    private AuthorityStore store() {
        return new AuthorityStore(new SharedRoots(memory), new TrustDomain("cluster.local"), clock, new SecureRandom());
    }

    @Test
    void ofSeveralThatStartAtOnceOneMakesTheRoot() throws IOException {
        memory.faster = () -> {
            try {
                store().read();
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        };
        Authority slower = store().read();
        assertThat(memory.version).isEqualTo(1);
        assertThat(store().read().signer()).isEqualTo(slower.signer());
    }

    @Test
    void aStepOfTheRotationIsTakenOverByTheOthers() throws IOException {
        AuthorityStore one = store();
        AuthorityStore two = store();
        Authority before = one.read();
        two.read();
        assertThat(two.changed()).isFalse();
        one.add();
        one.signWithNew();
        assertThat(two.changed()).isTrue();
        Authority after = two.read();
        assertThat(after.signer()).isNotEqualTo(before.signer());
        assertThat(after.trustBundle()).contains(before.signer(), after.signer());
        assertThat(two.changed()).isFalse();
    }

    @Test
    void aTextThatIsNoRootEndsTheStartAndIsNotReplaced() {
        memory.replace(Optional.empty(), "broken");
        assertThatThrownBy(() -> store().read())
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageContaining("memory");
        assertThat(memory.read()).map(SharedState.Kept::text).hasValue("broken");
    }
}
