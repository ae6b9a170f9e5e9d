package io.inmesh.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header lines of a message. */
public interface MeshHeaders {

    /**
     * The header's value, several lines of one name joined by a comma.
     *
     * @param name lower case
     * @return null if the header is absent
     */
    @Nullable
    String header(String name);

    /**
     * Each line's value by itself.
     *
     * @param name lower case
     */
    List<String> headerValues(String name);
}
