package io.inmesh.spring.notice;

import java.util.Optional;

/** Something that is to be said once, when the application is ready. */
@FunctionalInterface
public interface StartNotice {

    /** One line; empty if there is nothing to say. */
    Optional<String> text();
}
