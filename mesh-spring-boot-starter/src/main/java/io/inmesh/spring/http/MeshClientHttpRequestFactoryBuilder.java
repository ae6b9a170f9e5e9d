package io.inmesh.spring.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;

/**
 * Builds {@link MeshClientHttpRequestFactory} around the application's own builder, so that every client that Spring Boot makes
 * goes through the mesh with the settings that it would have had. Thread-safe.
 */
public final class MeshClientHttpRequestFactoryBuilder
        implements ClientHttpRequestFactoryBuilder<MeshClientHttpRequestFactory> {

    private final ClientHttpRequestFactoryBuilder<?> original;
    private final Supplier<MeshHttp> mesh;

    /**
     * Wraps a builder.
     *
     * @param original the application's own, whose factories serve hosts outside the mesh
     * @param mesh asked when the first factory is built
     */
    public MeshClientHttpRequestFactoryBuilder(ClientHttpRequestFactoryBuilder<?> original, Supplier<MeshHttp> mesh) {
        this.original = original;
        this.mesh = mesh;
    }

    /**
     * Carries the settings over to both ways.
     *
     * @throws IllegalStateException if the settings ask for cookies, which requests through the mesh do not keep
     */
    @Override
    public MeshClientHttpRequestFactory build(@Nullable HttpClientSettings settings) {
        HttpClientSettings known = settings == null ? HttpClientSettings.defaults() : settings;
        MeshHttp http = mesh.get();
        return http.factory(OkHttpSettings.apply(known, http.base()), original.build(settings));
    }
}
