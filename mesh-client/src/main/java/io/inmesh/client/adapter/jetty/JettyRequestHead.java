package io.inmesh.client.adapter.jetty;

import io.inmesh.api.http.MeshRequest;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/** A request's head as it came off the wire, before anybody customised it. A view; valid as long as the request. */
record JettyRequestHead(Request request, boolean tls) implements MeshRequest {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String scheme() {
        return tls ? "https" : "http";
    }

    @Override
    public String authority() {
        String host = request.getHeaders().get("host");
        if (host != null) {
            return host;
        }
        String authority = request.getHttpURI().getAuthority();
        return authority == null ? "" : authority;
    }

    /** Whether target and header name two hosts; which of them counts would be anybody's guess. */
    boolean namesTwoHosts() {
        List<String> hosts = request.getHeaders().getValuesList("host");
        String authority = request.getHttpURI().getAuthority();
        return hosts.size() > 1 || (authority != null && !hosts.isEmpty() && !same(authority, hosts.get(0)));
    }

    /** Whether headers claim to end a body that HTTP/2's frames end; Jetty looks at them for HTTP/1 only (CVE-2021-21295). */
    boolean framesItselfOverHttp2() {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            return false;
        }
        List<String> lengths = request.getHeaders().getValuesList(HttpHeader.CONTENT_LENGTH);
        return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                || lengths.size() > 1
                || (lengths.size() == 1 && !lengths.get(0).chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    /** Jetty leaves a scheme's own port away. */
    private boolean same(String authority, String host) {
        try {
            HostPort a = new HostPort(authority);
            HostPort b = new HostPort(host);
            int port = HttpScheme.HTTPS.is(request.getHttpURI().getScheme()) ? HTTPS_PORT : HTTP_PORT;
            return a.getHost().equalsIgnoreCase(b.getHost()) && a.getPort(port) == b.getPort(port);
        } catch (IllegalArgumentException neitherHostNorPort) {
            return false;
        }
    }

    /** As it was sent: Jetty takes a fragment away, of which there must be none, and gives a CONNECT a path, which has none. */
    @Override
    public String path() {
        HttpURI uri = request.getHttpURI();
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            return authority();
        }
        String path = String.valueOf(uri.getPathQuery());
        return uri.getFragment() == null ? path : path + "#" + uri.getFragment();
    }

    @Override
    public @Nullable String header(String name) {
        List<String> lines = headerValues(name);
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    @Override
    public List<String> headerValues(String name) {
        return request.getHeaders().getValuesList(name);
    }
}
