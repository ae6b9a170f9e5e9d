package io.inmesh.spring.http;

import java.io.InputStream;
import okhttp3.Headers;
import okhttp3.Response;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** OkHttp's response, or the mesh's local reply, as Spring reads it. The body streams. */
final class MeshHttpResponse implements ClientHttpResponse {

    private final Response response;
    private final HttpHeaders headers;

    MeshHttpResponse(Response response) {
        this.response = response;
        this.headers = copy(response.headers());
    }

    private static HttpHeaders copy(Headers headers) {
        HttpHeaders copy = new HttpHeaders();
        for (int i = 0; i < headers.size(); i++) {
            copy.add(headers.name(i), headers.value(i));
        }
        return copy;
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return HttpStatusCode.valueOf(response.code());
    }

    @Override
    public String getStatusText() {
        return response.message();
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() {
        return response.body().byteStream();
    }

    @Override
    public void close() {
        response.close();
    }
}
