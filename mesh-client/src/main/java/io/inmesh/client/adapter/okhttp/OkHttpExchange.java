package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.pipeline.EndpointTls;
import io.inmesh.client.pipeline.Exchange;
import io.inmesh.client.pipeline.TransportException;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.security.ClientTls;
import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.tls.TransportSocket;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.http2.ConnectionShutdownException;
import org.jspecify.annotations.Nullable;

/** One attempt as an inner call of its own. Thread-safe: anybody may cancel. */
final class OkHttpExchange implements Exchange<Response> {

    private static final String REQUEST_ID = "x-request-id";
    private static final int MOST_CHOICES = 8;
    private static final String BOUNDED = "x-envoy-expected-rq-timeout-ms";

    private static final AtomicIntegerFieldUpdater<OkHttpExchange> RELEASED =
            AtomicIntegerFieldUpdater.newUpdater(OkHttpExchange.class, "released");

    private final OutboundRequest outbound;
    private final Attempt attempt;
    private final AttemptClients clients;
    private final EndpointTls tls;
    private final MeshClock clock;

    @SuppressWarnings("UnusedVariable") // by its updater alone
    private volatile int released;

    private @Nullable AttemptClient client;
    private volatile @Nullable AttemptEvents events;
    private volatile @Nullable Call call;
    private volatile boolean cancelled;

    OkHttpExchange(
            OutboundRequest outbound, Attempt attempt, AttemptClients clients, EndpointTls tls, MeshClock clock) {
        this.outbound = outbound;
        this.attempt = attempt;
        this.clients = clients;
        this.tls = tls;
        this.clock = clock;
    }

    OutboundRequest outbound() {
        return outbound;
    }

    @Override
    public Response execute() throws TransportException {
        Request.Builder request = outbound.marked();
        boolean bounded = edit(request);
        AttemptEvents progress = watch(bounded);
        Response response = null;
        try {
            response = passesThrough() ? outside(request, progress) : carry(request.build(), progress);
            return response;
        } catch (TransportException e) {
            outbound.attemptFailed(e);
            throw e;
        } catch (IOException e) {
            outbound.attemptFailed(e);
            throw failure(e, progress);
        } catch (RuntimeException e) {
            outbound.applicationFailed(e);
            throw new TransportException(ResetReason.LOCAL_RESET, "", progress.requestStarted(), e);
        } finally {
            outbound.limits().headArrived();
            progress.closeLease();
            if (response == null) {
                release();
            }
        }
    }

    /** A connection whose peer went away between its choice and the first byte was no choice: another one is taken, as Envoy would have done. */
    private Response carry(Request request, AttemptEvents progress) throws IOException {
        AttemptClient inner = innerClient();
        List<Interceptor> interceptors = networkInterceptors();
        for (int left = MOST_CHOICES; ; left--) {
            RealCall chosen = NetworkCall.prepared(inner, request, progress);
            begin(chosen);
            try {
                return NetworkCall.execute(chosen, inner, interceptors);
            } catch (ConnectionShutdownException e) {
                if (left == 0) {
                    throw e;
                }
                progress.notBegun();
            }
        }
    }

    /** As in OkHttp: sockets of the web are none of their business. */
    private List<Interceptor> networkInterceptors() {
        RealCall outer = (RealCall) outbound.settings().call();
        return outer.getForWebSocket() ? List.of() : outbound.application().networkInterceptors();
    }

    private Response outside(Request.Builder request, AttemptEvents progress) throws IOException {
        Call own = PassThrough.of(outbound.application())
                .newCall(request.tag(AttemptEvents.class, progress).build());
        begin(own);
        return restored(own.execute(), progress.retryAfter());
    }

    private void begin(Call inner) {
        call = inner;
        if (cancelled) {
            inner.cancel();
        }
    }

    private AttemptEvents watch(boolean bounded) {
        Interceptor.Chain settings = outbound.settings();
        AttemptEvents watching = new AttemptEvents(
                this,
                attempt,
                !passesThrough(),
                outbound.listener(),
                settings.call(),
                bounded ? null : outbound.limits(),
                clock);
        attempt.follow(watching);
        events = watching;
        return watching;
    }

    /** The whole connection is gone, not this attempt's stream alone. */
    boolean connectionLost() {
        AttemptEvents watching = events;
        return watching != null && watching.connectionLost();
    }

    /** Some of the response's body was read. */
    void read(long bytes) {
        AttemptEvents watching = events;
        if (watching != null) {
            watching.read(bytes);
        }
    }

    @Override
    public MeshResponse head(Response response) {
        return new ResponseHead(response);
    }

    @Override
    public void discard(Response response) {
        response.close();
        release();
    }

    @Override
    public void cancel() {
        cancelled = true;
        Call inner = call;
        if (inner != null) {
            inner.cancel();
        }
    }

    /** The response has ended, and with it the caller's limits and the client's use. */
    void over() {
        outbound.limits().stop();
        release();
    }

    private void release() {
        AttemptClient used = client;
        if (used != null && RELEASED.compareAndSet(this, 0, 1)) {
            used.release();
        }
    }

    /** Whether the route bounds the wait: the router tells the upstream of a bound exactly when there is one. */
    private boolean edit(Request.Builder request) {
        EditedHeaders headers = new EditedHeaders(request.getHeaders$okhttp());
        attempt.editHeaders(headers);
        if (!attempt.raw() && !headers.has(REQUEST_ID)) {
            headers.set(REQUEST_ID, attempt.requestId());
        }
        HttpUrl url = outbound.request().url();
        if (!attempt.path().equals(outbound.head().path())) {
            request.url(withPath(url, attempt.path()));
        }
        if (!attempt.authority().equals(outbound.head().authority())) {
            headers.set("Host", attempt.authority());
        }
        return headers.has(BOUNDED);
    }

    private static HttpUrl withPath(HttpUrl url, String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        HttpUrl.Builder changed =
                url.newBuilder().encodedPath(question < 0 ? pathAndQuery : pathAndQuery.substring(0, question));
        return changed.encodedQuery(question < 0 ? null : pathAndQuery.substring(question + 1))
                .build();
    }

    private AttemptClient innerClient() throws TransportException {
        ClientTls security = tls.of(attempt.transportSocket());
        AttemptClient acquired =
                clients.acquire(key(security), attempt.cluster().maxConcurrentStreams(), attempt.opensConnection());
        client = acquired;
        return acquired;
    }

    private AttemptClientKey key(@Nullable ClientTls security) {
        Cluster cluster = attempt.cluster().definition();
        return new AttemptClientKey(
                attempt.cluster().name(),
                address(),
                attempt.keepsAddress()
                        ? List.of()
                        : attempt.endpoint().description().additionalAddresses(),
                security,
                attempt.multiplexed(),
                0,
                cluster.httpProtocolOptions(),
                cluster.tcpKeepalive(),
                outbound.application().pingIntervalMillis(),
                (int) TimeUnit.NANOSECONDS.toMillis(attempt.connectTimeoutNanos()));
    }

    /** The application's own client connects: to the URL's address, with no TLS of the mesh's. */
    private boolean passesThrough() {
        return attempt.keepsAddress() && attempt.transportSocket() instanceof TransportSocket.Raw;
    }

    /** Of the endpoint; or the URL's own, where it is a single instance that is called by name, such as a StatefulSet's pod. */
    private SocketAddress address() {
        HttpUrl url = outbound.request().url();
        return attempt.keepsAddress()
                ? new SocketAddress(url.host(), url.port())
                : attempt.endpoint().description().address();
    }

    private TransportException failure(IOException e, AttemptEvents progress) {
        if (progress.overflowed()) {
            return new TransportException(ResetReason.OVERFLOW, "", false, e);
        }
        // OkHttp finds by itself that an answer cannot be, such as one of 204 with a body.
        if (!progress.brokeOff() && !cancelled && !(e instanceof ProtocolException)) {
            outbound.applicationFailed(e);
            return new TransportException(ResetReason.LOCAL_RESET, "", progress.requestStarted(), e);
        }
        return Resets.ofAttempt(e, progress);
    }

    private static Response restored(Response response, List<String> retryAfter) {
        if (retryAfter.isEmpty()) {
            return response;
        }
        Response.Builder whole = response.newBuilder();
        retryAfter.forEach(line -> whole.addHeader("Retry-After", line));
        return whole.build();
    }
}
