package io.inmesh.control.serve.ca;

import java.io.IOException;

/** Where the mesh's authority is kept. One thread at a time calls. */
interface AuthoritySource {

    /**
     * Reads it.
     *
     * @throws IOException if it cannot be read now
     * @throws io.inmesh.api.error.MeshConfigurationException if what is kept cannot be used; nothing takes its place
     */
    Authority read() throws IOException;

    /** Whether the next {@link #read} may give something else than the last one. */
    boolean changed() throws IOException;
}
