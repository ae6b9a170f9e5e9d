package io.inmesh.api.spi;

import io.inmesh.api.http.MeshRequest;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every call that the mesh carries, on either side: for metrics, spans and access logs. With no listener nothing is measured and
 * nothing is built. Implementations are thread-safe, do not block and do not throw.
 */
public interface MeshListener {

    /**
     * A call begins, on the thread that makes or serves it.
     *
     * @param reporter which side of the call this process is
     * @return what hears of the rest; null if this call is of no interest
     */
    @Nullable
    CallListener callStarted(Reporter reporter, MeshRequest request);

    /** Which side of a call reports it; Istio's {@code reporter} label in lower case. */
    enum Reporter {
        SOURCE,
        DESTINATION
    }
}
