package io.inmesh.spring.reactive;

import io.inmesh.client.adapter.reactor.ReactorRequest;
import io.inmesh.client.adapter.reactor.ReactorResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an answer leads to; a client's own affair and not the mesh's. */
final class Redirect {

    /** As browsers have it. */
    static final int MOST = 20;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> OF_BODY = Set.of("content-type", "content-encoding", "content-language");
    private static final int SEE_OTHER = 303;
    private static final int TEMPORARY = 307;

    private Redirect() {}

    /** The request to make next; null if the answer is the last, or cannot be followed because a body would have to be sent twice. */
    static @Nullable ReactorRequest of(ReactorRequest request, ReactorResponse response) {
        URI target = STATUSES.contains(response.status()) ? target(request.uri(), response) : null;
        if (target == null) {
            return null;
        }
        boolean asked = request.method().equals("GET") || request.method().equals("HEAD");
        boolean becomesGet = !asked
                && (response.status() == SEE_OTHER
                        || (response.status() < SEE_OTHER && request.method().equals("POST")));
        boolean keepsBody = !becomesGet && request.body() != null;
        if (keepsBody && (!request.repeatable() || response.status() < TEMPORARY)) {
            return null;
        }
        boolean elsewhere = !Objects.equals(request.uri().getRawAuthority(), target.getRawAuthority());
        List<Map.Entry<String, String>> headers = request.headers().stream()
                .filter(line -> keeps(line.getKey().toLowerCase(Locale.ROOT), elsewhere, keepsBody))
                .toList();
        return new ReactorRequest(
                becomesGet ? "GET" : request.method(),
                target,
                headers,
                keepsBody ? request.body() : null,
                keepsBody ? request.contentLength() : -1,
                request.repeatable(),
                request.policy());
    }

    /** What was meant for one host is not told to another. */
    private static boolean keeps(String header, boolean elsewhere, boolean body) {
        boolean secret = header.equals("authorization") || header.equals("cookie") || header.equals("host");
        return !(elsewhere && secret) && (body || !OF_BODY.contains(header));
    }

    private static @Nullable URI target(URI from, ReactorResponse response) {
        for (Map.Entry<String, String> line : response.headers()) {
            if (line.getKey().equalsIgnoreCase("location")) {
                try {
                    URI target = from.resolve(line.getValue());
                    return target.getHost() == null || !target.getScheme().startsWith("http") ? null : target;
                } catch (IllegalArgumentException e) {
                    return null; // the caller sees what the server said
                }
            }
        }
        return null;
    }
}
