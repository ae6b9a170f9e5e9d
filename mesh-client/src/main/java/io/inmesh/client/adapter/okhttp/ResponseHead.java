package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.http.MeshResponse;
import java.util.List;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** OkHttp's response as policies see it. */
record ResponseHead(Response response) implements MeshResponse {

    @Override
    public int status() {
        return response.code();
    }

    @Override
    public @Nullable String header(String name) {
        return RequestHead.joined(response.headers(), name);
    }

    @Override
    public List<String> headerValues(String name) {
        return response.headers().values(name);
    }
}
