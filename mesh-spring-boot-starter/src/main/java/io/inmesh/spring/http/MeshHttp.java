package io.inmesh.spring.http;

import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * What Spring's clients need of the mesh.
 *
 * @param base shares its connections with every client made from it
 * @param mesh makes a client one that goes through the mesh
 * @param inMesh whether the mesh is to send a request for an address; must not block
 */
public record MeshHttp(OkHttpClient base, UnaryOperator<OkHttpClient> mesh, Predicate<URI> inMesh) {

    /**
     * A factory for clients whose settings nobody can read. The mesh's routes have time limits of their own, so the client sets
     * none.
     */
    MeshClientHttpRequestFactory factory(ClientHttpRequestFactory original) {
        OkHttpClient patient = base.newBuilder().readTimeout(Duration.ZERO).build();
        return factory(patient, original);
    }

    MeshClientHttpRequestFactory factory(OkHttpClient client, ClientHttpRequestFactory original) {
        return new MeshClientHttpRequestFactory(mesh.apply(client), original, inMesh);
    }
}
