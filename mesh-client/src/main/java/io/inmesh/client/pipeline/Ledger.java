package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.AttemptReport.Phases;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.resilience.ResetReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a call's attempts into words; nothing is built unless somebody asks. */
final class Ledger {

    private Ledger() {}

    static List<AttemptReport> of(OutboundCall call) {
        List<AttemptReport> attempts = new ArrayList<>();
        if (call.attempts > 0 && call.cluster != null) {
            attempts.add(last(call, false));
        }
        for (PastAttempt past = call.past; past != null; past = past.earlier()) {
            // During the pause after an attempt it is both the last one and a past one.
            if (past.number() != call.attempts || attempts.isEmpty()) {
                attempts.add(past.report());
            }
        }
        Collections.reverse(attempts);
        return List.copyOf(attempts);
    }

    /** The attempt that is over. */
    static AttemptReport last(OutboundCall call, boolean retried) {
        Endpoint endpoint = call.endpoint;
        MeshResponse head = call.head;
        ResetReason reset = call.reset;
        return new AttemptReport(
                call.number(),
                call.cluster().name(),
                endpoint == null ? "" : endpoint.host().address(),
                head == null ? 0 : head.status(),
                endpoint == null ? ResponseFlag.UH : reset == null ? null : flag(call.timeout, reset),
                endpoint == null ? "no healthy upstream" : reset == null ? "" : cause(call.timeout, reset),
                retried,
                Duration.ofNanos(call.nowNanos - call.attemptNanos),
                phases(call));
    }

    static ResponseFlag flag(Timeout timeout, ResetReason reset) {
        return timeout.ofRouter() ? ResponseFlag.UT : reset.flag();
    }

    static String cause(Timeout timeout, ResetReason reset) {
        return switch (timeout) {
            case NONE -> reset.text();
            case PER_TRY -> "per try timeout";
            case PER_TRY_IDLE -> "per try idle timeout";
            case GLOBAL -> "response timeout";
            case STREAM -> "max duration timeout";
            case IDLE -> "stream idle timeout";
        };
    }

    static Phases phases(OutboundCall call) {
        AttemptProgress progress = call.progress;
        if (progress == AttemptProgress.UNKNOWN) {
            return Phases.UNKNOWN;
        }
        long connecting = progress.connectStarted();
        long connected = progress.connected();
        long tls = progress.tlsStarted();
        return new Phases(
                between(call.attemptNanos, connecting == AttemptProgress.NOT_YET ? connected : connecting),
                between(connecting, tls == AttemptProgress.NOT_YET ? connected : tls),
                between(tls, progress.tlsEnded()),
                between(connected, progress.firstByte()));
    }

    private static @Nullable Duration between(long from, long to) {
        return from == AttemptProgress.NOT_YET || to == AttemptProgress.NOT_YET ? null : Duration.ofNanos(to - from);
    }
}
