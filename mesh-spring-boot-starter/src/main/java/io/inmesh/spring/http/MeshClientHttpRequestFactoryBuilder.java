package io.inmesh.spring.http;

import java.net.URI;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
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
    private final OkHttpClient base;
    private final UnaryOperator<OkHttpClient> mesh;
    private final Predicate<URI> inMesh;

    /**
     * @param original the application's own builder, whose factories serve hosts outside the mesh
     * @param base shares its connections with every client built
     * @param mesh makes a client one that goes through the mesh
     * @param inMesh decides for each request; must not block
     */
    public MeshClientHttpRequestFactoryBuilder(
            ClientHttpRequestFactoryBuilder<?> original,
            OkHttpClient base,
            UnaryOperator<OkHttpClient> mesh,
            Predicate<URI> inMesh) {
        this.original = original;
        this.base = base;
        this.mesh = mesh;
        this.inMesh = inMesh;
    }

    /**
     * @throws IllegalStateException if the settings ask for cookies, which requests through the mesh do not keep
     */
    @Override
    public MeshClientHttpRequestFactory build(@Nullable HttpClientSettings settings) {
        HttpClientSettings known = settings == null ? HttpClientSettings.defaults() : settings;
        OkHttpClient client = mesh.apply(OkHttpSettings.apply(known, base));
        return new MeshClientHttpRequestFactory(client, original.build(settings), inMesh);
    }
}
