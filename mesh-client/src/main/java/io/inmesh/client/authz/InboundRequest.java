package io.inmesh.client.authz;

import io.inmesh.api.http.MeshRequest;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request on one connection while it is judged: filters see what those before them made of it. One call's state, used by one
 * thread.
 */
public final class InboundRequest {

    private final InboundConnection connection;
    private final InboundPath path;
    private MeshRequest head;
    private String target;
    private @Nullable RequestEdits edits;
    private @Nullable Map<String, Object> tokenMetadata;

    /**
     * A request that nobody has changed yet.
     *
     * @param head method, authority, headers
     * @param path the path in all its forms
     * @param connection the connection it came on
     */
    public InboundRequest(MeshRequest head, InboundPath path, InboundConnection connection) {
        this.head = head;
        this.path = path;
        this.target = path.target();
        this.connection = connection;
    }

    /** Method, authority, headers as the filters so far left them. */
    public MeshRequest head() {
        return head;
    }

    public InboundPath path() {
        return path;
    }

    public InboundConnection connection() {
        return connection;
    }

    /** Path and query for the handler; without tokens that are not to be forwarded. */
    public String target() {
        return target;
    }

    /** What filters changed about the headers. */
    public RequestEdits edits() {
        return edits == null ? RequestEdits.NONE : edits;
    }

    /** What the JWT filter found out, by the name that its configuration gives it; null without any. */
    @Nullable
    Map<String, Object> tokenMetadata() {
        return tokenMetadata;
    }

    void putTokenMetadata(String name, Map<String, Object> claims) {
        if (tokenMetadata == null) {
            tokenMetadata = new TreeMap<>();
        }
        tokenMetadata.put(name, claims);
    }

    void removeHeader(String name) {
        if (head.header(name) != null) {
            editable().remove(name);
        }
    }

    void addHeader(String name, String value) {
        editable().add(name, value);
    }

    void removeParameter(String name) {
        target = QueryParameters.without(target, name);
    }

    private RequestEdits editable() {
        RequestEdits editable = edits;
        if (editable == null) {
            editable = new RequestEdits();
            edits = editable;
            head = new EditedHead(head, editable);
        }
        return editable;
    }
}
