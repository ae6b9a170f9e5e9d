package io.inmesh.spring.reactive;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;

/**
 * Builds {@link MeshClientHttpConnector} around the application's own builder, so that every WebClient that Spring Boot makes goes
 * through the mesh with the settings that it would have had. Thread-safe.
 */
final class MeshConnectorBuilder implements ClientHttpConnectorBuilder<MeshClientHttpConnector> {

    private final ClientHttpConnectorBuilder<?> original;
    private final Supplier<ReactiveHttp> mesh;

    MeshConnectorBuilder(ClientHttpConnectorBuilder<?> original, Supplier<ReactiveHttp> mesh) {
        this.original = original;
        this.mesh = mesh;
    }

    /**
     * Carries the settings over to both ways.
     *
     * @throws IllegalStateException if the settings ask for what requests through the mesh cannot keep
     */
    @Override
    public MeshClientHttpConnector build(@Nullable HttpClientSettings settings) {
        return new MeshClientHttpConnector(original.build(settings), mesh.get(), ClientTraits.of(settings));
    }
}
