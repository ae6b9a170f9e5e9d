package io.inmesh.client.pipeline;

/** The timers of a whole call, by its fields: the route's, the stream's duration, idleness. How long an attempt takes is the driver's. */
final class CallLimits {

    private static final long NEVER = Long.MAX_VALUE;

    private CallLimits() {}

    /** The router has the whole request: the route's timer starts, unless it runs. */
    static void startRoute(OutboundCall call, long atNanos) {
        if (call.timeouts.globalNanos() > 0 && call.routeEndNanos == 0) {
            call.routeEndNanos = atNanos + call.timeouts.globalNanos();
        }
    }

    /** Nanoseconds of the clock at which the first of them expires; {@link Long#MAX_VALUE} if none runs. */
    static long next(OutboundCall call) {
        return Math.min(Math.min(routeEnd(call), tryIdleEnd(call)), Math.min(streamEnd(call), idleEnd(call)));
    }

    /** Which of them has expired. */
    static Timeout expired(OutboundCall call, long instant) {
        long limit = next(call);
        if (instant < limit) {
            return Timeout.NONE;
        }
        if (limit == routeEnd(call)) {
            return Timeout.GLOBAL;
        }
        if (limit == streamEnd(call)) {
            return Timeout.STREAM;
        }
        return limit == idleEnd(call) ? Timeout.IDLE : Timeout.PER_TRY_IDLE;
    }

    /** How long an attempt may be without a byte; 0 is off. */
    static long tryIdleNanos(OutboundCall call) {
        return call.forward == null ? 0 : call.forward.retry().perTryIdleNanos();
    }

    private static long tryIdleEnd(OutboundCall call) {
        long idle = call.listening ? tryIdleNanos(call) : 0;
        return idle == 0 ? NEVER : call.movedNanos + idle;
    }

    private static long routeEnd(OutboundCall call) {
        long end = call.routeEndNanos;
        return end == 0 ? call.deadlineNanos : Math.min(end, call.deadlineNanos);
    }

    private static long streamEnd(OutboundCall call) {
        return call.timeouts.streamNanos() == 0 ? NEVER : call.startNanos + call.timeouts.streamNanos();
    }

    private static long idleEnd(OutboundCall call) {
        return call.timeouts.idleNanos() == 0 ? NEVER : call.movedNanos + call.timeouts.idleNanos();
    }
}
