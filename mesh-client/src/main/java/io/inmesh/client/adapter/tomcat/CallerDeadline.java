package io.inmesh.client.adapter.tomcat;

import io.inmesh.api.spi.Deadline;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.resilience.InboundBudget;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Request;

/** Puts the caller's time limit where calls that go out on its behalf find it. */
final class CallerDeadline {

    private CallerDeadline() {}

    /** The scope of the request's thread; a thread of a pool begins without what its last request left. */
    static Deadline.Scope of(Request request, MeshClock clock) {
        long millis = InboundBudget.millis(
                request.getHeader("x-envoy-expected-rq-timeout-ms"), request.getHeader("grpc-timeout"));
        return Deadline.with(
                millis < 0 ? null : new Deadline(clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)));
    }
}
