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

    /** Only a factory of ours knows this address; every other fails on its scheme before anything is sent. */
    static final URI JOINED = URI.create("mesh://joined/");

    private final OkHttpClient mesh;
    private final MeshPolicies policies;
    private final ClientHttpRequestFactory original;
    private final Predicate<URI> inMesh;

    MeshClientHttpRequestFactory(
            OkHttpClient mesh, MeshPolicies policies, ClientHttpRequestFactory original, Predicate<URI> inMesh) {
        this.mesh = mesh;
        this.policies = policies;
        this.original = original;
        this.inMesh = inMesh;
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        if (uri.equals(JOINED)) {
            throw new JoinedException();
        }
        return inMesh.test(uri)
                ? new MeshHttpRequest(mesh, policies, uri, method)
                : original.createRequest(uri, method);
    }

    /** The answer to {@link #JOINED}. */
    static final class JoinedException extends IOException {

        private static final long serialVersionUID = 1L;

        JoinedException() {
            super("this client goes through the mesh already");
        }
    }
}
