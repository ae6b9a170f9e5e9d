package io.inmesh.spring.http;

import io.inmesh.api.policy.CallPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/** One request as an OkHttp call. A body that Spring can write again is one that the mesh can retry. */
final class MeshHttpRequest extends AbstractClientHttpRequest implements StreamingHttpOutputMessage {

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final OkHttpClient client;
    private final MeshPolicies policies;
    private final URI uri;
    private final HttpMethod method;
    private @Nullable ByteArrayOutputStream buffered;
    private @Nullable Body streamed;

    MeshHttpRequest(OkHttpClient client, MeshPolicies policies, URI uri, HttpMethod method) {
        this.client = client;
        this.policies = policies;
        this.uri = uri;
        this.method = method;
    }

    @Override
    public HttpMethod getMethod() {
        return method;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    public void setBody(Body body) {
        assertNotExecuted();
        streamed = body;
    }

    @Override
    protected OutputStream getBodyInternal(HttpHeaders headers) {
        if (buffered == null) {
            buffered = new ByteArrayOutputStream();
        }
        return buffered;
    }

    @Override
    protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
        return new MeshHttpResponse(client.newCall(request(headers)).execute());
    }

    private Request request(HttpHeaders headers) throws IOException {
        Request.Builder request = new Request.Builder();
        try {
            request.url(uri.toString()).method(method.name(), body(headers));
        } catch (IllegalArgumentException e) {
            throw new IOException("not a request that OkHttp can send: " + method + " " + uri, e);
        }
        headers.forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                values.forEach(value -> request.addHeader(name, value));
            }
        });
        CallPolicy policy = policies.of(
                getAttributes().get(MeshPolicies.OF_METHOD), getAttributes().get(MeshPolicies.OF_CLIENT));
        return policy == null
                ? request.build()
                : request.tag(CallPolicy.class, policy).build();
    }

    private @Nullable RequestBody body(HttpHeaders headers) {
        if (streamed != null) {
            return new StreamedBody(streamed, headers.getContentLength());
        }
        if (buffered != null && buffered.size() > 0) {
            return RequestBody.create(buffered.toByteArray());
        }
        return WITH_BODY.contains(method) ? RequestBody.EMPTY : null;
    }
}
