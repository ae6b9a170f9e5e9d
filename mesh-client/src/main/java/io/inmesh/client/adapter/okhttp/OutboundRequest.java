package io.inmesh.client.adapter.okhttp;

import java.io.IOException;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** A request on its way into the pipeline, with what of the application's settings its attempts need. Thread-safe. */
final class OutboundRequest {

    private final Request request;
    private final RequestHead head;
    private final Interceptor.Chain settings;
    private final OkHttpClient application;
    private final CallerLimits limits;
    private final EventListener listener;
    private volatile @Nullable Exception applicationFailure;
    private volatile @Nullable IOException failure;
    private volatile @Nullable MeshOutcome outcome;

    OutboundRequest(
            Request request,
            RequestHead head,
            Interceptor.Chain settings,
            OkHttpClient application,
            CallerLimits limits) {
        this(request, head, settings, application, limits, settings.getEventListener());
    }

    private OutboundRequest(
            Request request,
            RequestHead head,
            Interceptor.Chain settings,
            OkHttpClient application,
            CallerLimits limits,
            EventListener listener) {
        this.request = request;
        this.head = head;
        this.settings = settings;
        this.application = application;
        this.limits = limits;
        this.listener = listener;
    }

    /** The same for another thread: what becomes of it is none of the application's business. Null if the body can be written only once. */
    @Nullable
    OutboundRequest copy() {
        Request again = CopiedBody.in(request);
        return again == null
                ? null
                : new OutboundRequest(
                        again,
                        RequestHead.of(again, application),
                        settings,
                        application,
                        limits.unlimited(),
                        EventListener.NONE);
    }

    /** Hears what concerns the network. */
    EventListener listener() {
        return listener;
    }

    Request request() {
        return request;
    }

    /** For what goes on the wire, by which {@link MeshOutcome} finds this again. */
    Request.Builder marked() {
        return request.newBuilder().tag(OutboundRequest.class, this);
    }

    /** The answer with what the network said, as OkHttp's cache tells it; where there is a cache, that does it. */
    Response fromNetwork(Response network, Response.Builder answer) {
        answer.cacheResponse(null).networkResponse(null);
        if (application.cache() == null) {
            Response head = network.newBuilder()
                    .body(ResponseBody.EMPTY)
                    .cacheResponse(null)
                    .networkResponse(null)
                    .build();
            answer.networkResponse(head);
        }
        return answer.build();
    }

    RequestHead head() {
        return head;
    }

    Interceptor.Chain settings() {
        return settings;
    }

    /** The client that the application called. */
    OkHttpClient application() {
        return application;
    }

    CallerLimits limits() {
        return limits;
    }

    /** What went wrong in the application's own code inside an attempt; no host is to blame. */
    void applicationFailed(Exception failure) {
        applicationFailure = failure;
    }

    /** Instead of a response that only tells that the attempt was given up. */
    void throwApplicationFailure(Response response) throws IOException {
        Exception failure = applicationFailure;
        if (failure != null && outcome != null && outcome.localReply() != null) {
            response.close();
            if (failure instanceof IOException io) {
                throw io;
            }
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
        }
    }

    void attemptFailed(IOException cause) {
        failure = cause;
    }

    /** Of the last attempt that failed. */
    @Nullable
    IOException failure() {
        return failure;
    }

    void ended(MeshOutcome how) {
        outcome = how;
    }

    @Nullable
    MeshOutcome outcome() {
        return outcome;
    }
}
