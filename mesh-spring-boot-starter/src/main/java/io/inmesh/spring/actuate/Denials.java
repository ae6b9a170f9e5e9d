package io.inmesh.spring.actuate;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.api.spi.PolicyVerdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps the last requests that a policy denied, so that an operator finds out which policy it was. Bounded; thread-safe. */
public final class Denials implements MeshListener {

    private static final int KEPT = 32;
    private static final int LONGEST_PATH = 256;

    private final MeshClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Denial> last = new ArrayDeque<>(KEPT);

    public Denials(MeshClock clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable CallListener callStarted(Reporter reporter, MeshRequest request) {
        if (reporter != Reporter.DESTINATION) {
            return null;
        }
        String method = request.method();
        String path = request.path();
        return new Call(method, path);
    }

    /** Remembers what was said until it is known who asked. One call's state. */
    private final class Call implements CallListener {

        private final String method;
        private final String path;
        private @Nullable PolicyVerdict denial;

        Call(String method, String path) {
            this.method = method;
            this.path = path;
        }

        @Override
        public void policyJudged(PolicyVerdict verdict) {
            if (verdict.kind() == PolicyVerdict.Kind.DENIED) {
                denial = verdict;
            }
        }

        @Override
        public void callEnded(CallReport call) {
            PolicyVerdict verdict = denial;
            if (verdict != null) {
                add(new Denial(
                        clock.now().toString(),
                        call.peer().principal(),
                        method,
                        shortened(path),
                        verdict.policy(),
                        verdict.reason()));
            }
        }
    }

    private static String shortened(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return plain.length() > LONGEST_PATH ? plain.substring(0, LONGEST_PATH) : plain;
    }

    private void add(Denial denial) {
        lock.lock();
        try {
            if (last.size() == KEPT) {
                last.removeFirst();
            }
            last.addLast(denial);
        } finally {
            lock.unlock();
        }
    }

    /** The oldest first. */
    public List<Denial> last() {
        lock.lock();
        try {
            return List.copyOf(last);
        } finally {
            lock.unlock();
        }
    }

    /**
     * One denied request.
     *
     * @param at instant in ISO-8601
     * @param peer the caller's SPIFFE ID; empty if it showed none
     * @param path without the query, which may hold secrets
     * @param policy the policy and rule in Envoy's words, such as {@code ns[shop]-policy[read-only]-rule[0]}; {@code none} if no
     *     ALLOW policy matched
     * @param reason one sentence, such as what is wrong with a token
     */
    public record Denial(String at, String peer, String method, String path, String policy, String reason) {}
}
