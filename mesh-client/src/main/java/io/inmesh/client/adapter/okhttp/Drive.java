package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.error.LocalReplyException;
import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.LocalReply;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.BlockingCall;
import io.inmesh.client.pipeline.BlockingDriver;
import io.inmesh.client.resilience.Timers;
import java.io.IOException;
import java.util.List;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The end of one call's way: each request that reaches it, the first and those that follow redirects, goes through the pipeline. A
 * cancelled call takes its attempt with it.
 */
final class Drive extends EventListener implements Interceptor {

    private final BlockingDriver<OutboundRequest, Response> driver;
    private final Timers timers;
    private final MeshClock clock;
    private final OkHttpClient application;
    private final long deadline;
    private final boolean throwing;
    private volatile @Nullable BlockingCall<OutboundRequest, Response> current;
    private boolean watching;

    Drive(
            BlockingDriver<OutboundRequest, Response> driver,
            Timers timers,
            MeshClock clock,
            OkHttpClient application,
            long deadline,
            boolean throwing) {
        this.driver = driver;
        this.timers = timers;
        this.clock = clock;
        this.application = application;
        this.deadline = deadline;
        this.throwing = throwing;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        CallerLimits limits = new CallerLimits(timers, clock, this, chain.readTimeoutMillis());
        RequestHead head = RequestHead.of(chain.request(), application);
        OutboundRequest outbound = new OutboundRequest(chain.request(), head, chain, application, limits);
        BlockingCall<OutboundRequest, Response> call = driver.newCall(outbound, head);
        current = call;
        watch(chain.call());
        limits.start(deadline);
        try {
            Response response = call.execute();
            outbound.throwApplicationFailure(response);
            throwInstead(outbound.outcome());
            return response;
        } catch (IOException e) {
            limits.stop();
            throw limits.explain(e);
        }
    }

    private void throwInstead(@Nullable MeshOutcome how) throws LocalReplyException {
        LocalReply reply = how == null ? null : how.localReply();
        ResponseFlag flag = reply == null ? null : reply.flag();
        if (throwing && how != null && reply != null && flag != null) {
            String text = reply.body().isEmpty() ? reply.details() : reply.body();
            List<String> attempts =
                    how.ledger().stream().map(AttemptReport::toString).toList();
            throw new LocalReplyException(flag, reply.status(), flag + ": " + text, attempts, how.cause());
        }
    }

    private void watch(Call call) {
        if (!watching) {
            watching = true;
            call.addEventListener(this);
        }
        if (call.isCanceled()) {
            cancel();
        }
    }

    @Override
    public void canceled(Call cancelled) {
        cancel();
    }

    void cancel() {
        BlockingCall<OutboundRequest, Response> call = current;
        if (call != null) {
            call.cancel();
        }
    }
}
