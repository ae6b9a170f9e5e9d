package io.inmesh.control.config;

import java.util.function.Consumer;

/** Where resources come from. Thread-safe. */
public interface ConfigSource extends AutoCloseable {

    /** Begins to deliver: everything once, when it is all there, and then what changes. To be called once; must not block. */
    void start(Consumer<ConfigChange> consumer);

    /** Everything as it is now, with its problems, for people. */
    ConfigSnapshot snapshot();

    @Override
    void close();
}
