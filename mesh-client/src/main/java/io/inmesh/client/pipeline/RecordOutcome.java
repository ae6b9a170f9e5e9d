package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.host.Host;
import io.inmesh.client.resilience.OutlierDetector;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.route.RouteMatcher;
import java.util.Objects;

/** Tells the host's counters and outlier detection what came of the attempt. */
final class RecordOutcome implements Step {

    private final MeshClock clock;

    RecordOutcome(MeshClock clock) {
        this.clock = clock;
    }

    @Override
    public Next run(OutboundCall call) {
        Outcome outcome = Objects.requireNonNull(call.outcome, "outcome");
        // Our own overflow says nothing about the host; between two attempts there is none to speak of.
        if (outcome.reset() != ResetReason.OVERFLOW && call.attempt != null && !call.attempt.released()) {
            record(call, call.attempt, outcome);
        }
        return Next.CONTINUE;
    }

    private void record(OutboundCall call, Attempt attempt, Outcome outcome) {
        Host host = attempt.endpoint().host();
        MeshResponse head = outcome.head();
        int status = head == null ? 0 : outlierStatus(call, head);
        if (status == 0 || status >= 500) {
            host.countError();
        }
        OutlierDetector detector = attempt.cluster().outlierDetector();
        if (detector == null) {
            return;
        }
        long now = clock.nanoTime();
        if (head != null) {
            detector.onResponse(host, status, now);
        } else if (outcome.timeout() == Outcome.Timeout.NONE) {
            detector.onReset(host, now);
        } else {
            detector.onTimeout(host, now);
        }
    }

    private static int outlierStatus(OutboundCall call, MeshResponse head) {
        String grpcStatus = head.header("grpc-status");
        return grpcStatus != null && RouteMatcher.isGrpc(call.request)
                ? GrpcStatus.httpStatus(grpcStatus)
                : head.status();
    }
}
