package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.LocalReply;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.route.HeaderContext;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What header values can be made of in a call. Made where an edit asks for more than fixed texts. */
final class CallContext implements HeaderContext {

    private final OutboundCall call;
    private final @Nullable LocalReply reply;
    private final boolean routed;

    private CallContext(OutboundCall call, @Nullable LocalReply reply, boolean routed) {
        this.call = call;
        this.reply = reply;
        this.routed = routed;
    }

    /** For what goes upstream. */
    static CallContext ofRequest(OutboundCall call) {
        return new CallContext(call, null, false);
    }

    /** For the answer that is under way to the caller; the request is the one that went upstream. */
    static CallContext ofResponse(OutboundCall call) {
        return new CallContext(call, null, true);
    }

    /** For what the call is about to be answered with. */
    static CallContext ofReply(OutboundCall call, LocalReply reply) {
        return new CallContext(call, reply, call.cluster != null);
    }

    @Override
    public @Nullable String requestHeader(String name) {
        MeshRequest request = call.request;
        return switch (name) {
            case ":method" -> request.method();
            case ":path" -> routed ? RequestEdits.path(call) : request.path();
            case ":scheme" -> request.forwardedScheme();
            case ":authority", "host" ->
                routed && call.endpoint != null ? RequestEdits.authority(call) : request.authority();
            default -> first(request, name);
        };
    }

    /** Of several lines only the first counts. */
    private static @Nullable String first(MeshRequest request, String name) {
        List<String> lines = request.header(name) == null ? List.of() : request.headerValues(name);
        return lines.isEmpty() ? null : lines.get(0);
    }

    @Override
    public @Nullable String responseHeader(String name) {
        if (reply != null) {
            return reply.headers().stream()
                    .filter(header -> header.getKey().equals(name))
                    .map(Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
        MeshResponse head = call.head;
        return head == null ? null : head.header(name);
    }

    @Override
    public String fact(Fact fact) {
        return switch (fact) {
            case ROUTE_NAME -> call.route == null ? "" : call.route.name();
            case UPSTREAM_CLUSTER -> call.share == null ? "" : call.share.cluster();
            case RESPONSE_CODE -> code();
            case RESPONSE_FLAGS -> flags();
        };
    }

    private String code() {
        MeshResponse head = call.head;
        if (reply != null) {
            return "0"; // Envoy edits a local reply before it has noted its status
        }
        return head == null ? "" : Integer.toString(head.status());
    }

    private String flags() {
        Set<String> flags = new TreeSet<>();
        call.flags().forEach(flag -> flags.add(flag.name()));
        ResponseFlag own = reply == null ? null : reply.flag();
        if (own != null) {
            flags.add(own.name());
        }
        return flags.isEmpty() ? "-" : String.join(",", flags);
    }
}
