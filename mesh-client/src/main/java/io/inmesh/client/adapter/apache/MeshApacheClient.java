package io.inmesh.client.adapter.apache;

import java.io.IOException;
import java.net.URI;
import java.util.function.Predicate;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** Two clients behind one face: the application's own, and one for the hosts of the mesh. Thread-safe. */
final class MeshApacheClient extends CloseableHttpClient implements Configurable {

    private final CloseableHttpClient original;
    private final CloseableHttpClient mesh;
    private final Predicate<URI> carries;

    MeshApacheClient(CloseableHttpClient original, CloseableHttpClient mesh, Predicate<URI> carries) {
        this.original = original;
        this.mesh = mesh;
        this.carries = carries;
    }

    @Override
    protected CloseableHttpResponse doExecute(
            @Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context) throws IOException {
        CloseableHttpClient client = carried(target, request) ? mesh : original;
        return CloseableHttpResponse.adapt(client.executeOpen(target, request, context));
    }

    private boolean carried(@Nullable HttpHost target, ClassicHttpRequest request) throws IOException {
        try {
            HttpHost host = target == null ? HttpHost.create(request.getUri()) : target;
            return carries.test(ApacheMesh.address(host, request));
        } catch (HttpException | java.net.URISyntaxException e) {
            throw new IOException(e);
        }
    }

    @Override
    public RequestConfig getConfig() {
        return original instanceof Configurable configured ? configured.getConfig() : RequestConfig.DEFAULT;
    }

    @Override
    public void close(CloseMode mode) {
        mesh.close(mode);
        original.close(mode);
    }

    @Override
    public void close() throws IOException {
        mesh.close();
        original.close();
    }
}
