package io.inmesh.spring.http;

import java.io.IOException;
import java.net.URI;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Sends requests for hosts of the mesh through the mesh, and all others through the factory that the application would have used
 * without it. Thread-safe if that one is.
 */
public final class MeshClientHttpRequestFactory implements ClientHttpRequestFactory {

    private final OkHttpClient mesh;
    private final ClientHttpRequestFactory original;
    private final Predicate<URI> inMesh;

    /**
     * @param mesh the client that goes through the mesh
     * @param original the application's own
     * @param inMesh decides for each request; must not block
     */
    public MeshClientHttpRequestFactory(OkHttpClient mesh, ClientHttpRequestFactory original, Predicate<URI> inMesh) {
        this.mesh = mesh;
        this.original = original;
        this.inMesh = inMesh;
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        return inMesh.test(uri) ? new MeshHttpRequest(mesh, uri, method) : original.createRequest(uri, method);
    }
}
