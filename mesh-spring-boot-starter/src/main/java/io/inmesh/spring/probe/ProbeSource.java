package io.inmesh.spring.probe;

import java.util.Optional;

/** Answers some of the probe port's paths. Thread-safe; must not block for long. */
@FunctionalInterface
public interface ProbeSource {

    /**
     * The answer to one path, as things are at the moment.
     *
     * @param path without the query
     * @return empty if the path is another source's or nobody's
     */
    Optional<ProbeAnswer> answer(String path);
}
