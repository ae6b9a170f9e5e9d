package io.inmesh.client.pipeline;

import io.inmesh.api.spi.CallListener;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.resilience.ConnectionLease;
import io.inmesh.client.resilience.OutlierDetector;
import io.inmesh.client.resilience.Permit;
import io.inmesh.client.route.HeaderEditor;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.tls.TransportSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a transport is to send, and to whom it says how it gets on. What it tells is thread-safe and may come from the transport's own
 * threads.
 */
public final class Attempt {

    private final OutboundCall call;
    private final UpstreamCluster cluster;
    private final Endpoint endpoint;
    private final int number;
    private final long startNanos;
    private final AtomicBoolean sent = new AtomicBoolean();
    private volatile Runnable granted = () -> {};
    private volatile Runnable timersStart = () -> {};
    private @Nullable Permit permit;

    Attempt(OutboundCall call, UpstreamCluster cluster, Endpoint endpoint, int number, long startNanos) {
        this.call = call;
        this.cluster = cluster;
        this.endpoint = endpoint;
        this.number = number;
        this.startNanos = startNanos;
    }

    /** 1 for the first. */
    public int number() {
        return number;
    }

    public UpstreamCluster cluster() {
        return cluster;
    }

    /** Where it goes; see {@link #keepsAddress()}. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Whether it goes to the address that the URL itself names (Envoy's ORIGINAL_DST), instead of the endpoint's. */
    public boolean keepsAddress() {
        return cluster.originalDestination() != null;
    }

    /** Plaintext or TLS, as the cluster's {@code transport_socket_matches} say for the endpoint. */
    public TransportSocket transportSocket() {
        return endpoint.transport();
    }

    /** Whether HTTP/2 is spoken, by prior knowledge. */
    public boolean multiplexed() {
        return cluster.multiplexed();
    }

    public long connectTimeoutNanos() {
        return cluster.definition().connectTimeout().toNanos();
    }

    /** Until the response head, from when the request is out; 0 is off. The driver's timer, not the transport's. */
    public long perTryTimeoutNanos() {
        return call.timeouts.perTryNanos();
    }

    /** The {@code :path} to send; the request's own instance if it stays. */
    public String path() {
        return call.forward == null
                ? call.request.path()
                : call.forward.rewrite().path(call.request);
    }

    /** The authority to send; the request's own instance if it stays. */
    public String authority() {
        String ofCluster = call.share == null ? null : call.share.authority();
        if (ofCluster != null) {
            return ofCluster;
        }
        return call.forward == null
                ? call.request.authority()
                : call.forward
                        .rewrite()
                        .authority(call.request, endpoint.description().hostname());
    }

    /** Changes the request's headers as Envoy's router does for this attempt. Call once, on a builder of this attempt's own. */
    public void editHeaders(HeaderEditor headers) {
        if (call.share != null) {
            call.share.requestHeaders().apply(headers);
        }
        if (call.forward != null && call.forward.attemptCountInRequest()) {
            headers.set("x-envoy-attempt-count", Integer.toString(number));
        }
        long elapsed = number == 1 ? 0 : startNanos - call.routerNanos;
        long expected = call.timeouts.expectedMillis(elapsed);
        if (expected > 0) {
            headers.set("x-envoy-expected-rq-timeout-ms", Long.toString(expected));
        }
        keepOriginals(headers);
        CallListener listener = call.listener;
        if (listener != null) {
            listener.attemptStarting(number, cluster.name(), endpoint.host().address(), headers::set);
        }
    }

    private void keepOriginals(HeaderEditor headers) {
        RouteTarget.Forward forward = call.forward;
        if (forward == null) {
            return;
        }
        if (forward.rewrite().path() != null) {
            headers.set("x-envoy-original-path", call.request.path());
        }
        if (!authority().equals(call.request.authority())) {
            headers.set("x-envoy-original-host", call.request.authority());
            if (forward.rewrite().keepOriginal()) {
                headers.set("x-forwarded-host", call.request.authority());
            }
        }
    }

    /** The transport opens a connection for this attempt; the lease is closed with the connection, or when opening it failed. */
    public ConnectionLease connectionOpening() {
        return permit().connectionOpening();
    }

    /**
     * The attempt has a connection that works, TLS included.
     *
     * @return false if the cluster has as many requests as it may; the transport then fails with {@code OVERFLOW} without sending
     */
    public boolean connected() {
        boolean admitted = permit().connected();
        OutlierDetector detector = cluster.outlierDetector();
        if (admitted && detector != null) {
            detector.onConnected(endpoint.host());
        }
        return admitted;
    }

    /** The last byte of the request is out; the per-try timer starts. */
    public void requestSent() {
        if (sent.compareAndSet(false, true)) {
            timersStart.run();
        }
    }

    /** Called once when the attempt need no longer wait for a connection, by whichever thread made room. */
    void onGranted(Runnable action) {
        granted = action;
    }

    /** Called once when the request is out. */
    void onRequestSent(Runnable action) {
        timersStart = action;
    }

    void enter(boolean highPriority) {
        permit = cluster.admission(highPriority).enter(endpoint.host(), multiplexed(), () -> granted.run());
    }

    boolean waiting() {
        return permit().state() == Permit.State.WAITING;
    }

    boolean overflowed() {
        return permit().state() == Permit.State.OVERFLOW;
    }

    void release() {
        if (permit != null) {
            permit.release();
        }
    }

    /** Whether it is over and its outcome known. */
    boolean released() {
        return permit().state() == Permit.State.RELEASED;
    }

    /** Since the endpoint was picked. */
    long elapsedNanos(long nowNanos) {
        return Math.max(0, nowNanos - startNanos);
    }

    private Permit permit() {
        if (permit == null) {
            throw new IllegalStateException("attempt " + number + " has not been admitted");
        }
        return permit;
    }

    @Override
    public String toString() {
        return "attempt " + number + " to " + endpoint.host() + " of " + cluster.name() + ", connect within "
                + TimeUnit.NANOSECONDS.toMillis(connectTimeoutNanos()) + " ms";
    }
}
