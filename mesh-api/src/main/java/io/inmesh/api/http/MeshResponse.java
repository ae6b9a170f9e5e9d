package io.inmesh.api.http;

import org.jspecify.annotations.Nullable;

/** The head of a response as policies see it. Adapters implement it as a view over their own response. */
public interface MeshResponse {

    /** The status code. */
    int status();

    /**
     * The header's value, several lines of one name joined by a comma.
     *
     * @param name lower case
     * @return null if the header is absent
     */
    @Nullable
    String header(String name);
}
