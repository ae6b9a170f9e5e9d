package io.inmesh.client.adapter.jetty;

import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.pipeline.InboundDecision.Proceed;
import io.inmesh.client.pipeline.InboundHeaders;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request as the application gets it: the target that was judged, the headers that are for it, the certificates of its caller. */
final class JudgedRequest extends Request.Wrapper {

    private final InboundConnection connection;
    private final HttpURI uri;
    private final HttpFields headers;

    JudgedRequest(Request request, InboundConnection connection, Proceed proceed) {
        super(request);
        this.connection = connection;
        this.uri = HttpURI.build(request.getHttpURI())
                .scheme(connection.tls() ? "https" : "http")
                .pathQuery(proceed.target())
                .asImmutable();
        this.headers = changed(request.getHeaders(), proceed.headers());
    }

    @Override
    public HttpURI getHttpURI() {
        return uri;
    }

    @Override
    public HttpFields getHeaders() {
        return headers;
    }

    @Override
    public boolean isSecure() {
        return connection.tls();
    }

    /** Where servlets and other handlers look for the caller's certificates. */
    @Override
    public @Nullable Object getAttribute(String name) {
        return SslSessionData.ATTRIBUTE.equals(name)
                ? getConnectionMetaData().getConnection().getEndPoint().getSslSessionData()
                : super.getAttribute(name);
    }

    private static HttpFields changed(HttpFields original, InboundHeaders changes) {
        HttpFields.Mutable changed = HttpFields.build();
        for (HttpField field : original) {
            if (!changes.drops(field.getName().toLowerCase(Locale.ROOT))) {
                changed.add(field);
            }
        }
        for (Map.Entry<String, String> line : changes.edits().added()) {
            changed.add(line.getKey(), line.getValue());
        }
        if (changes.forwardedClientCert() != null) {
            changed.put(InboundHeaders.FORWARDED_CLIENT_CERT, changes.forwardedClientCert());
        }
        return changed.asImmutable();
    }
}
