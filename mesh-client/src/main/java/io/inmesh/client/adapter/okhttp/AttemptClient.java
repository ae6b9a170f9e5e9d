package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.security.ClientTls;
import io.inmesh.xds.model.SocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * An OkHttpClient whose every connection leads to one endpoint, for {@link NetworkCall}s. It counts who uses it, so that the last one closes the connections of a retired client. Thread-safe.
 */
final class AttemptClient {

    /** For names that are none of a URL. */
    private static final HttpUrl UNNAMED = HttpUrl.get("http://endpoint.invalid/");

    private static final int RETIRED = Integer.MIN_VALUE / 2;

    private final OkHttpClient client;
    private final Request destination;
    private final ConnectionPool connections;
    private final @Nullable ClientTls tls;
    private final MeshClock clock;
    private final AtomicInteger users = new AtomicInteger();
    private volatile long lastUsed;

    AttemptClient(AttemptClientKey key, MeshClock clock) {
        this.clock = clock;
        tls = key.tls();
        lastUsed = clock.nanoTime();
        ConnectionLife life = key.life();
        connections = new ConnectionPool(Integer.MAX_VALUE, life.idleMillis(), TimeUnit.MILLISECONDS);
        client = create(key, life, connections, clock);
        destination = destination(key.address());
    }

    OkHttpClient client() {
        return client;
    }

    /** What OkHttp is to connect to, whatever host the request names, so that all names of a cluster share its connections. */
    Request destination() {
        return destination;
    }

    private static Request destination(SocketAddress address) {
        HttpUrl url = HttpUrl.parse("http://" + address + "/");
        return new Request.Builder().url(url == null ? UNNAMED : url).build();
    }

    boolean connected() {
        return connections.connectionCount() > 0;
    }

    /** Whether an attempt of now would find another client, because identity or files have changed. */
    boolean outdated() {
        return tls != null && !tls.isCurrent();
    }

    /** How long it has been idle; 0 if it is in use. */
    long unusedNanos(long now) {
        return users.get() > 0 ? 0 : now - lastUsed;
    }

    /**
     * One more user.
     *
     * @param most at a time
     */
    Admittance acquire(int most) {
        int before = users.get();
        while (before >= 0 && before < most) {
            if (users.compareAndSet(before, before + 1)) {
                return Admittance.ADMITTED;
            }
            before = users.get();
        }
        return before < 0 ? Admittance.RETIRED : Admittance.FULL;
    }

    /** Whether a client takes one more user. */
    enum Admittance {
        ADMITTED,
        /** Not now. */
        FULL,
        /** Never again. */
        RETIRED
    }

    /** The user's response has been read to its end, or there is none. */
    void release() {
        lastUsed = clock.nanoTime();
        if (users.decrementAndGet() <= RETIRED) {
            connections.evictAll();
        }
    }

    /** Takes no new users; connections are closed when the last one has gone. */
    boolean retire() {
        int before = users.getAndUpdate(count -> count < 0 ? count : count + RETIRED);
        if (before == 0) {
            connections.evictAll();
        }
        return true;
    }

    /** What concerns more than the network never takes effect. */
    private static OkHttpClient create(
            AttemptClientKey key, ConnectionLife life, ConnectionPool connections, MeshClock clock) {
        EndpointConnector connector =
                new EndpointConnector(key.address(), key.otherAddresses(), key.tls(), key.http2(), life, clock);
        return new OkHttpClient.Builder()
                .dispatcher(new Dispatcher())
                .connectionPool(connections)
                .dns(new EndpointDns(key.address().host()))
                .socketFactory(new MeshSocketFactory(connector))
                .protocols(List.of(key.http2() ? Protocol.H2_PRIOR_KNOWLEDGE : Protocol.HTTP_1_1))
                .connectTimeout(key.connectTimeoutMillis(), TimeUnit.MILLISECONDS)
                .pingInterval(life.pingMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(0, TimeUnit.MILLISECONDS)
                .writeTimeout(0, TimeUnit.MILLISECONDS)
                .proxy(Proxy.NO_PROXY)
                .retryOnConnectionFailure(false)
                .fastFallback(false)
                .build();
    }
}
