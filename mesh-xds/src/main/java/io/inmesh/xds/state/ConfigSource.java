package io.inmesh.xds.state;

import java.util.Optional;
import java.util.function.Consumer;

/** Where a node's resources come from: a control service, or files. */
public interface ConfigSource extends AutoCloseable {

    /**
     * Begins to deliver. Each delivery is the whole state and takes the place of the one before; deliveries come one at a time and in
     * order, on a thread of the source, the first possibly before this method returns. The last state stays good while the origin is
     * away. To be called once.
     *
     * @throws io.inmesh.api.error.MeshConfigurationException if the source can never deliver, such as from a folder that is not there
     */
    void start(Consumer<XdsResources> listener);

    /** Brings hosts when they are called; empty if everything comes by itself. */
    default Optional<HostDemand> demand() {
        return Optional.empty();
    }

    /** Ends deliveries and frees what the source holds. */
    @Override
    void close();
}
