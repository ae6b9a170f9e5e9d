package io.inmesh.spring.http;

import io.inmesh.api.policy.CallPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * What Spring's clients need of the mesh.
 *
 * @param base shares its connections with every client made from it
 * @param mesh makes a client one that goes through the mesh
 * @param inMesh whether the mesh is to send a request for an address; must not block
 * @param policies what the application asks of its own calls
 */
public record MeshHttp(
        OkHttpClient base, UnaryOperator<OkHttpClient> mesh, Predicate<URI> inMesh, MeshPolicies policies) {

    /** Without policies of the application's own. */
    public MeshHttp(OkHttpClient base, UnaryOperator<OkHttpClient> mesh, Predicate<URI> inMesh) {
        this(base, mesh, inMesh, MeshPolicies.none());
    }

    /**
     * A factory for clients whose settings nobody can read. The mesh's routes have time limits of their own, so the client sets
     * none.
     */
    MeshClientHttpRequestFactory factory(ClientHttpRequestFactory original) {
        OkHttpClient patient = base.newBuilder().readTimeout(Duration.ZERO).build();
        return factory(patient, original);
    }

    /** A client without limits of its own for the bean of that name, which brings its own. */
    public OkHttpClient joined(String bean) {
        return joined(base.newBuilder().readTimeout(Duration.ZERO).build(), bean);
    }

    /** The client with the mesh below it, and with what is asked of the calls of the bean of that name. */
    public OkHttpClient joined(OkHttpClient client, String bean) {
        return mesh.apply(policies.ofBean(bean)
                .map(policy -> client.newBuilder()
                        .addInterceptor(chain -> chain.proceed(tagged(chain.request(), policy)))
                        .build())
                .orElse(client));
    }

    private Request tagged(Request request, CallPolicy ofBean) {
        CallPolicy policy = policies.of(request.tag(CallPolicy.class), ofBean);
        return request.newBuilder().tag(CallPolicy.class, policy).build();
    }

    MeshClientHttpRequestFactory factory(OkHttpClient client, ClientHttpRequestFactory original) {
        return new MeshClientHttpRequestFactory(mesh.apply(client), policies, original, inMesh);
    }
}
