package io.inmesh.client.adapter.apache;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests of Apache's client for hosts of the mesh through the mesh, at the place in its chain where it would connect: its interceptors,
 * cookies, authentication, redirects and cache stay above. Thread-safe.
 *
 * @see <a href="https://hc.apache.org/httpcomponents-client-5.6.x/">Apache HttpClient</a>
 */
public final class ApacheMesh implements ExecChainHandler {

    private static final String NAME = "inmesh";

    private final OkHttpClient mesh;
    private final Predicate<URI> carries;

    private ApacheMesh(OkHttpClient mesh, Predicate<URI> carries) {
        this.mesh = mesh.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        this.carries = carries;
    }

    /**
     * Puts the mesh into the client that the builder will make.
     *
     * @param mesh a client that goes through the mesh
     * @param carries whether the mesh carries requests for an address
     */
    public static HttpClientBuilder join(HttpClientBuilder client, OkHttpClient mesh, Predicate<URI> carries) {
        return client.addExecInterceptorBefore(ChainElement.CONNECT.name(), NAME, new ApacheMesh(mesh, carries));
    }

    /**
     * Puts the mesh before a finished client, into which nothing can be put any more: requests for hosts of the mesh do not meet its own
     * interceptors and cookies. Whoever can uses {@link #join}.
     */
    public static CloseableHttpClient before(CloseableHttpClient original, OkHttpClient mesh, Predicate<URI> carries) {
        return original instanceof MeshApacheClient
                ? original
                : new MeshApacheClient(
                        original,
                        join(HttpClientBuilder.create().disableAutomaticRetries(), mesh, carries)
                                .build(),
                        carries);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        URI uri = address(scope.route.getTargetHost(), request);
        if (!carries.test(uri)) {
            return chain.proceed(request, scope);
        }
        Call call =
                client(scope.clientContext.getRequestConfigOrDefault()).newCall(ApacheMessages.request(request, uri));
        return ApacheMessages.response(call.execute());
    }

    private OkHttpClient client(RequestConfig config) {
        Timeout limit = config.getResponseTimeout();
        long millis = limit == null ? 0 : limit.toMilliseconds();
        return mesh.readTimeoutMillis() == millis
                ? mesh
                : mesh.newBuilder().readTimeout(millis, TimeUnit.MILLISECONDS).build();
    }

    static URI address(HttpHost target, ClassicHttpRequest request) throws ProtocolException {
        try {
            URI asked = request.getUri();
            return asked.isAbsolute() ? asked : URI.create(target.toURI() + request.getRequestUri());
        } catch (URISyntaxException e) {
            throw new ProtocolException("not an address: " + request.getRequestUri(), e);
        }
    }
}
