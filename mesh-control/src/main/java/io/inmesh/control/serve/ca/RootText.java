package io.inmesh.control.serve.ca;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Where the text of the mesh's own roots is kept. One thread at a time calls. */
interface RootText {

    /**
     * Puts the next text in the place of the present one while nobody else can.
     *
     * @param step the next text for the present one, which is empty if there is none yet; may be called again
     * @return the text as it is now
     */
    String change(Function<Optional<String>, String> step) throws IOException;

    /** Something that is another after each change; cheap to ask for. */
    Object mark() throws IOException;

    /** When it was written last. */
    Instant since() throws IOException;

    /** For messages. */
    String where();
}
