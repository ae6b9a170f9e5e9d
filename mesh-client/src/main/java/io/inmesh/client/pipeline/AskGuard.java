package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.resilience.CallGuard;
import io.inmesh.client.resilience.CallGuard.Ending;
import io.inmesh.client.route.LocalPolicy;
import io.inmesh.client.route.RouteMatcher;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the application's own breaker and limits, before faults, so that tests can open a breaker by injecting some. */
final class AskGuard implements Step {

    private static final int SERVER_ERROR = 500;

    @Override
    public Next run(OutboundCall call) {
        LocalPolicy local = call.local();
        CallGuard guard = local == null ? null : local.guard();
        if (guard == null) {
            return Next.CONTINUE;
        }
        CallGuard.Refusal refusal = guard.enter();
        if (refusal == null) {
            call.guarded = true;
            return Next.CONTINUE;
        }
        call.replied(LocalReplies.refused(call.request, refusal));
        return Next.REPLY;
    }

    /**
     * The call has ended.
     *
     * @param flag what went wrong; null for an ordinary answer
     */
    static void tell(OutboundCall call, @Nullable ResponseFlag flag) {
        CallGuard guard =
                Objects.requireNonNull(Objects.requireNonNull(call.local()).guard());
        guard.ended(ending(call, flag), call.pipeline.clock().nanoTime() - call.startNanos);
    }

    private static Ending ending(OutboundCall call, @Nullable ResponseFlag flag) {
        if (flag == ResponseFlag.DC) {
            return Ending.CANCELLED;
        }
        // Routes that do not exist and limits that were reached say nothing against the called. A fallback hides a
        // failure
        // from the caller, not from the breaker: the flag tells.
        boolean spared = flag == ResponseFlag.NR || flag == ResponseFlag.RL;
        boolean failed = flag == null ? status(call) >= SERVER_ERROR : !spared;
        return failed ? Ending.FAILED : Ending.SUCCEEDED;
    }

    private static int status(OutboundCall call) {
        MeshResponse head = call.head;
        if (head == null) {
            return call.reply == null ? 0 : call.reply.status();
        }
        String grpcStatus = head.header("grpc-status");
        return grpcStatus != null && RouteMatcher.isGrpc(call.request)
                ? GrpcStatus.httpStatus(grpcStatus)
                : head.status();
    }
}
