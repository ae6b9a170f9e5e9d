package io.inmesh.client.pipeline;

/** The timers of a whole call, by its fields: the route's, the stream's duration, idleness. An attempt's own is the driver's. */
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
        return Math.min(routeEnd(call), Math.min(streamEnd(call), idleEnd(call)));
    }

    /** Which of them has expired. */
    static Timeout expired(OutboundCall call, long instant) {
        long limit = next(call);
        if (instant < limit) {
            return Timeout.NONE;
        }
        return limit == routeEnd(call) ? Timeout.GLOBAL : limit == streamEnd(call) ? Timeout.STREAM : Timeout.IDLE;
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
