package io.inmesh.conformance.side;

import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;

/** Our requests and responses as OkHttp has them. */
final class OkHttpMessages {

    private OkHttpMessages() {}

    /** Whether OkHttp's URLs can say what the request says. */
    static boolean canSay(Request request) {
        String url = url(request);
        HttpUrl parsed = HttpUrl.parse(url);
        return parsed != null && parsed.toString().equals(url);
    }

    static Response call(OkHttpClient client, Request request) throws IOException {
        okhttp3.Request.Builder builder = new okhttp3.Request.Builder().url(url(request));
        request.headers().forEach(header -> builder.addHeader(header.name(), header.value()));
        boolean hasBody =
                !request.body().isEmpty() || List.of("POST", "PUT", "PATCH").contains(request.method());
        builder.method(request.method(), hasBody ? RequestBody.create(request.body(), (MediaType) null) : null);
        try (okhttp3.Response response = client.newCall(builder.build()).execute()) {
            List<Header> headers = new ArrayList<>();
            for (int i = 0; i < response.headers().size(); i++) {
                headers.add(new Header(
                        response.headers().name(i), response.headers().value(i)));
            }
            return new Response(response.code(), headers, response.body().string());
        }
    }

    private static String url(Request request) {
        return "http://" + request.authority() + request.path();
    }
}
