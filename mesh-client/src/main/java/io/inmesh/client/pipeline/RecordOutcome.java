package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.host.Host;
import io.inmesh.client.host.HostStat;
import io.inmesh.client.resilience.OutlierDetector;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.route.RouteMatcher;
import java.util.concurrent.TimeUnit;

/** Tells the host's counters and outlier detection what came of the attempt. */
final class RecordOutcome implements Step {

    private static final long FAILED_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Override
    public Next run(OutboundCall call) {
        // Our own overflow and the limits of the call as a whole say nothing about the host; between two attempts there
        // is none to speak of.
        boolean ours =
                call.reset == ResetReason.OVERFLOW || call.timeout == Timeout.STREAM || call.timeout == Timeout.IDLE;
        if (!ours && !call.released()) {
            record(call);
        }
        return Next.CONTINUE;
    }

    private static void record(OutboundCall call) {
        Host host = call.endpoint().host();
        MeshResponse head = call.head;
        int status = head == null ? 0 : outlierStatus(call, head);
        boolean failed = status == 0 || status >= 500;
        host.counters().count(failed ? HostStat.RQ_ERROR : HostStat.RQ_SUCCESS);
        if (call.cluster().balancer().measures()) {
            long elapsed = call.nowNanos - call.attemptNanos;
            // A host that fails fast must not draw traffic for being fast.
            host.latency().observe(failed ? Math.max(elapsed, FAILED_NANOS) : elapsed, call.nowNanos);
        }
        OutlierDetector detector = call.cluster().outlierDetector();
        if (detector == null) {
            return;
        }
        long now = call.nowNanos;
        if (head != null) {
            detector.onResponse(host, head, status, now);
        } else if (call.timeout == Timeout.NONE) {
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
