package io.inmesh.control.config;

import java.util.List;
import java.util.function.Consumer;

/** Where resources come from. Thread-safe. */
public interface ConfigSource extends AutoCloseable {

    /** Begins to deliver: everything once, when it is all there, and then what changes. To be called once; must not block. */
    void start(Consumer<ConfigChange> consumer);

    /**
     * The settings of the mesh as they are before anything is delivered, for what cannot change later on.
     *
     * @throws io.inmesh.api.error.MeshConfigurationException if they cannot be read: others would be none of the mesh's
     */
    List<MeshConfig> meshConfigs();

    /** Everything as it is now, with its problems, for people. */
    ConfigSnapshot snapshot();

    @Override
    void close();
}
