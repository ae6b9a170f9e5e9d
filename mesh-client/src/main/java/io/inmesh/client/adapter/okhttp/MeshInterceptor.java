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

    private static final Interceptor FOLLOW_UPS = new FollowUps();
    private static final Interceptor BRIDGE = new BridgeInterceptor();
    private static final Interceptor CACHE = new CacheInterceptor();

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
        List<Interceptor> way = new ArrayList<>(addedLater(client)); // the application's, added to a derived client
        way.add(FOLLOW_UPS); // its redirects and authenticator
        way.add(BRIDGE); // its cookies; headers complete, so that routes match what goes on the wire
        way.add(CACHE); // its cache
        way.add(drive); // the mesh
        Request request = policies.apply(chain.request()); // where the application's own policy leads it
        Response response = new MeshChain(chain, way, 0, request).proceed(request);
        return drive.signed(response);
    }

    private List<Interceptor> addedLater(OkHttpClient client) {
        List<Interceptor> all = client.interceptors();
        return all.subList(all.lastIndexOf(this) + 1, all.size());
    }

    /** Until when the application's call timeout lets the call last; {@link Long#MAX_VALUE} for ever. */
    private long deadline(Chain chain) {
        long nanos = chain.call().timeout().timeoutNanos();
        return nanos == 0 ? Long.MAX_VALUE : clock.nanoTime() + nanos;
    }
}
