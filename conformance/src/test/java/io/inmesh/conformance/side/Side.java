package io.inmesh.conformance.side;

import io.inmesh.conformance.http.Request;
import java.util.List;

/** Whatever takes a configuration and requests and answers as a mesh's proxy does. */
public interface Side extends AutoCloseable {

    /** The name that this header carries through to the upstream, so that both find what belongs to a request. */
    String ID = "x-conformance-id";

    /**
     * Sends the requests, one after another or all at once.
     *
     * @param requests each with an own {@link #ID}
     * @param everyMillis how long to wait before each but the first
     * @return their answers in the same order
     */
    List<Answer> ask(List<Request> requests, long everyMillis, boolean atOnce);

    /** Returns when whatever earlier answers cause (ejections) has taken effect. */
    void settle();

    @Override
    void close();
}
