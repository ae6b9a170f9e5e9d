package io.inmesh.client.admin;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.client.match.PathMatcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last calls that went out, with their attempts; those that went wrong or were repeated are kept apart, so that a stream of good ones
 * does not wash them away. Both rings are bounded. Thread-safe.
 */
public final class RecentCalls implements MeshListener {

    private static final int SIZE = 256;

    private final MeshClock clock;
    private final Ring all = new Ring();
    private final Ring notable = new Ring();

    public RecentCalls(MeshClock clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable CallListener callStarted(Reporter reporter, MeshRequest request) {
        if (reporter != Reporter.SOURCE) {
            return null;
        }
        Instant start = clock.now();
        return report -> add(Call.of(start, request, report));
    }

    private void add(Call call) {
        all.add(call);
        if (call.notable()) {
            notable.add(call);
        }
    }

    /**
     * The calls, the latest first.
     *
     * @param notableOnly only those that went wrong or were repeated
     */
    List<Call> latest(boolean notableOnly) {
        return (notableOnly ? notable : all).latest();
    }

    /** A call that has ended. The path is without its query, which may hold what is nobody's business. */
    record Call(Instant start, String method, String authority, String path, CallReport report) {

        static Call of(Instant start, MeshRequest request, CallReport report) {
            String path = request.path();
            return new Call(
                    start, request.method(), request.authority(), path.substring(0, PathMatcher.end(path)), report);
        }

        boolean notable() {
            return report.attempts() > 1 || !report.flags().isEmpty() || report.status() >= 500;
        }
    }

    /** Overwrites the oldest. */
    private static final class Ring {

        private final AtomicReferenceArray<@Nullable Call> slots = new AtomicReferenceArray<>(SIZE);
        private final AtomicLong next = new AtomicLong();

        void add(Call call) {
            slots.set((int) (next.getAndIncrement() % SIZE), call);
        }

        List<Call> latest() {
            List<Call> calls = new ArrayList<>(SIZE);
            long end = next.get();
            for (long i = end - 1; i >= Math.max(0, end - SIZE); i--) {
                Call call = slots.get((int) (i % SIZE));
                if (call != null) {
                    calls.add(call);
                }
            }
            return calls;
        }
    }
}
