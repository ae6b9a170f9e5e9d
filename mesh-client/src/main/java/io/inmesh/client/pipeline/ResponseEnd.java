package io.inmesh.client.pipeline;

import io.inmesh.client.resilience.ResetReason;

/** Hears how a delivered response ended; the first call counts. Thread-safe. */
public interface ResponseEnd {

    /** Some of it was read. */
    void moved();

    /** Its last byte was read. */
    void completed();

    /** The caller closed it before its end. */
    void closedEarly();

    /** It broke off while it was read. */
    void failed(ResetReason reason);
}
