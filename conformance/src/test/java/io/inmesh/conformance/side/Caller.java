package io.inmesh.conformance.side;

import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import java.io.IOException;

/** Makes calls through our mesh. Thread-safe. */
interface Caller extends AutoCloseable {

    Response call(Request request) throws IOException;

    @Override
    void close();
}
