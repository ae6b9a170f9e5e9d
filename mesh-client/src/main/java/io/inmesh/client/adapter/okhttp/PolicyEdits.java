package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.policy.CallPolicy;
import io.inmesh.client.route.LocalPolicies;
import io.inmesh.client.route.LocalPolicy;
import io.inmesh.client.route.LocalPolicy.Header;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** What an application's own policy changes of a request before it is routed: the host that is called, and headers. */
final class PolicyEdits {

    private final LocalPolicies policies;

    PolicyEdits(LocalPolicies policies) {
        this.policies = policies;
    }

    Request apply(Request request) {
        LocalPolicy local = policies.of(request.tag(CallPolicy.class));
        if (local == null || (local.host() == null && local.headers().isEmpty())) {
            return request;
        }
        Request.Builder edited = request.newBuilder();
        for (Header header : local.headers()) {
            if (request.header(header.name()) == null) {
                edited.header(header.name(), header.value());
            }
        }
        return edited.url(url(request.url(), local.host(), local.port())).build();
    }

    private static HttpUrl url(HttpUrl url, @Nullable String host, int port) {
        if (host == null) {
            return url;
        }
        HttpUrl.Builder other = url.newBuilder().host(host);
        return (port < 0 ? other : other.port(port)).build();
    }
}
