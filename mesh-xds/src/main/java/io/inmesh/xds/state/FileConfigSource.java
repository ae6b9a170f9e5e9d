package io.inmesh.xds.state;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.wire.Limits;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Resources from a folder: {@code Cluster.pb}, {@code ClusterLoadAssignment.pb}, {@code Listener.pb} and {@code RouteConfiguration.pb}, each
 * a serialised {@code DiscoveryResponse}. They are read once, when the source is started, and delivered on the caller's thread; names that
 * the files refer to and do not hold are given up at once.
 */
public final class FileConfigSource implements ConfigSource {

    private final Path folder;

    public FileConfigSource(Path folder) {
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    /** The file of a type's resources in such a folder. */
    public static Path file(Path folder, ResourceType type) {
        String fullName = type.fullName();
        return folder.resolve(fullName.substring(fullName.lastIndexOf('.') + 1) + ".pb");
    }

    /**
     * {@inheritDoc}
     *
     * @throws MeshConfigurationException if a file is missing, or holds something else; the message names it
     */
    @Override
    public void start(Consumer<XdsResources> listener) {
        ResourceCache cache = new ResourceCache(Set.of(ResourceCache.LOCAL_CLUSTER));
        for (ResourceType type : ResourceType.values()) {
            cache.apply(read(file(folder, type), type));
        }
        listener.accept(cache.giveUpMissing());
    }

    private static Message read(Path file, ResourceType type) {
        try {
            if (Files.size(file) > Limits.DEFAULT.maxBytes()) {
                throw new MeshConfigurationException(file + " is longer than " + Limits.DEFAULT.maxBytes() + " bytes");
            }
            Message response = Message.parse(DiscoveryResponse.TYPE, Files.readAllBytes(file));
            if (!response.get(DiscoveryResponse.TYPE_URL).equals(type.typeUrl())) {
                throw new MeshConfigurationException(
                        file + " holds no " + type.fullName() + " but " + response.get(DiscoveryResponse.TYPE_URL));
            }
            return response;
        } catch (IOException e) {
            throw new MeshConfigurationException(file + " cannot be read as a DiscoveryResponse: " + e, e);
        }
    }

    /** Nothing is held. */
    @Override
    public void close() {}
}
