package io.inmesh.client.adapter.reactor;

import org.jspecify.annotations.Nullable;

/** A request on its way through the pipeline, and what went wrong outside of it. Thread-safe. */
final class ReactorCall {

    private final ReactorRequest request;
    private volatile @Nullable Throwable applicationFailure;
    private volatile @Nullable Throwable attemptFailure;

    ReactorCall(ReactorRequest request) {
        this.request = request;
    }

    ReactorRequest request() {
        return request;
    }

    /** The body's publisher failed; no host is to blame. */
    void applicationFailed(Throwable why) {
        applicationFailure = why;
    }

    @Nullable
    Throwable applicationFailure() {
        return applicationFailure;
    }

    void attemptFailed(Throwable why) {
        attemptFailure = why;
    }

    /** Of the last attempt that failed. */
    @Nullable
    Throwable attemptFailure() {
        return attemptFailure;
    }
}
