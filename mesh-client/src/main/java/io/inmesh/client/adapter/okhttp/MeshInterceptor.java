package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.spi.Deadline;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.BlockingDriver;
import io.inmesh.client.resilience.Timers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.cache.CacheInterceptor;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.http.BridgeInterceptor;

/**
 * Takes over a call where OkHttp's own way to the network would begin. What is between the application's interceptors and the network
 * reads as OkHttp's own list does, with the mesh at its end. Thread-safe.
 */
final class MeshInterceptor implements Interceptor {

    /** The application's redirects and authenticator; its cookies, and headers complete, so that routes match what goes on the wire. */
    private static final List<Interceptor> WAY = List.of(new FollowUps(), new BridgeInterceptor());

    /** The same before the application's cache. */
    private static final List<Interceptor> WAY_TO_CACHE =
            List.of(new FollowUps(), new BridgeInterceptor(), new CacheInterceptor());

    private final BlockingDriver<OutboundRequest, Response> driver;
    private final PolicyEdits policies;
    private final Timers timers;
    private final MeshClock clock;
    private final boolean throwing;

    MeshInterceptor(
            BlockingDriver<OutboundRequest, Response> driver,
            PolicyEdits policies,
            Timers timers,
            MeshClock clock,
            boolean throwing) {
        this.driver = driver;
        this.policies = policies;
        this.timers = timers;
        this.clock = clock;
        this.throwing = throwing;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Deadline carried = Deadline.current() == null ? chain.call().tag(Deadline.class) : null;
        if (carried == null) {
            return carry(chain);
        }
        Deadline.Scope scope = carried.enter();
        try (scope) {
            return carry(chain);
        }
    }

    private Response carry(Chain chain) throws IOException {
        OkHttpClient client = ((RealCall) chain.call()).getClient();
        Drive drive = new Drive(driver, timers, clock, client, deadline(chain), throwing);
        Request request = policies.apply(chain.request()); // where the application's own policy leads it
        List<Interceptor> way = way(client);
        return way.get(0).intercept(new MeshChain(chain, way, 1, drive, request));
    }

    private List<Interceptor> way(OkHttpClient client) {
        List<Interceptor> rest = client.cache() == null ? WAY : WAY_TO_CACHE;
        List<Interceptor> all = client.interceptors();
        if (all.get(all.size() - 1) == this) {
            return rest;
        }
        List<Interceptor> way = new ArrayList<>(all.subList(all.lastIndexOf(this) + 1, all.size()));
        way.addAll(rest); // after what the application added to a derived client
        return way;
    }

    /** Until when the application's call timeout lets the call last; {@link Long#MAX_VALUE} for ever. */
    private long deadline(Chain chain) {
        long nanos = chain.call().timeout().timeoutNanos();
        return nanos == 0 ? Long.MAX_VALUE : clock.nanoTime() + nanos;
    }
}
