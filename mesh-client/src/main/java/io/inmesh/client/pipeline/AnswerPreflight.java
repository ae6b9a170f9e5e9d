package io.inmesh.client.pipeline;

import io.inmesh.api.http.LocalReply;
import io.inmesh.client.route.CorsPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a page of another origin what it may do, where the route says so; other requests of such pages go on. */
final class AnswerPreflight implements Step {

    @Override
    public Next run(OutboundCall call) {
        CorsPolicy policy = call.forward == null ? null : call.forward.cors();
        String origin = policy == null ? null : policy.origin(call.request, call.random);
        if (policy == null || origin == null) {
            return Next.CONTINUE;
        }
        call.origin = policy.allows(origin) ? origin : null;
        if (!CorsPolicy.isPreflight(call.request) || (call.origin == null && policy.forwardUnmatched())) {
            return Next.CONTINUE;
        }
        call.repliedAsIs(marked(call, reply(call, policy, origin)));
        return Next.REPLY;
    }

    private static LocalReply reply(OutboundCall call, CorsPolicy policy, String origin) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        policy.answer(call.request, origin, (name, value) -> headers.add(Map.entry(name, value)));
        return new LocalReply(200, headers, "", null, "cors_response");
    }

    /** Marks the answer to a page that may read it; the same instance if there is nothing to mark. */
    static LocalReply marked(OutboundCall call, LocalReply reply) {
        CorsPolicy policy = call.forward == null ? null : call.forward.cors();
        @Nullable String origin = call.origin;
        if (policy == null || origin == null) {
            return reply;
        }
        HeaderLines lines = new HeaderLines(reply.headers());
        policy.mark(lines, origin);
        return new LocalReply(reply.status(), lines.lines(), reply.body(), reply.flag(), reply.details());
    }
}
