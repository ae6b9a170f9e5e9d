package io.inmesh.client.route;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.balance.Hashing;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The hash by which consistent hashing chooses, out of what a route's policies name. Immutable.
 *
 * @param parts in order
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routeaction-hashpolicy">Envoy,
 *     RouteAction.HashPolicy</a>
 */
public record RequestHash(List<Part> parts) {

    /** Names nothing. */
    public static final RequestHash NONE = new RequestHash(List.of());

    public RequestHash {
        parts = List.copyOf(parts);
    }

    /**
     * The request's hash; a random number where the policies find nothing, so that any endpoint will do.
     *
     * @param callerAddress of this process
     * @param cookies takes the {@code Set-Cookie} values that the response is to carry
     */
    public long of(MeshRequest request, RandomGenerator chance, String callerAddress, Consumer<String> cookies) {
        long hash = 0;
        boolean found = false;
        for (Part part : parts) {
            HashSource source = part.source();
            String value = source instanceof HashSources.CallerAddress
                    ? callerAddress
                    : source.value(request, chance, cookies);
            if (value != null) {
                // Rotated, so that two policies about the same thing do not cancel each other out.
                hash = Long.rotateLeft(hash, 1) ^ source.hash(value, request);
                found = true;
            }
            if (part.terminal() && found) {
                break;
            }
        }
        return found ? hash : chance.nextLong();
    }

    /**
     * One policy.
     *
     * @param terminal if there is a hash by now, the policies behind it are not asked
     */
    public record Part(HashSource source, boolean terminal) {}

    /** What a policy names. */
    public interface HashSource {

        /** What is hashed; null if the request has none. */
        @Nullable
        String value(MeshRequest request, RandomGenerator chance, Consumer<String> cookies);

        /** Its hash. */
        default long hash(String value, MeshRequest request) {
            return Hashing.xx(value);
        }
    }
}
