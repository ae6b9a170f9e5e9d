package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.resilience.ConnectionLease;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Follows one attempt inside OkHttp: counts its connection, notes how far it came, and passes what concerns the network on to the
 * application's listener as events of the application's call. Events come from the thread that executes the attempt.
 */
final class AttemptEvents extends EventListener {

    private final Attempt attempt;
    private final boolean counts;
    private final EventListener application;
    private final Call outer;
    private final Runnable onSent;
    private @Nullable ConnectionLease lease;
    private volatile @Nullable MeshSocket socket;
    private boolean headersStarted;
    private boolean brokeOff;
    private boolean overflowed;
    private @Nullable String retryAfter;

    /**
     * Follows an attempt.
     *
     * @param counts whether its connection is one of the cluster's, and not of the application's own
     * @param application the application's listener
     * @param outer the application's call
     * @param onSent runs when the last byte of the request is out
     */
    AttemptEvents(Attempt attempt, boolean counts, EventListener application, Call outer, Runnable onSent) {
        this.attempt = attempt;
        this.counts = counts;
        this.application = application;
        this.outer = outer;
        this.onSent = onSent;
    }

    /** Some of the request may have gone out. */
    boolean requestStarted() {
        return headersStarted;
    }

    /** It was the connection that failed, not code of the application around it. */
    boolean brokeOff() {
        return brokeOff;
    }

    /** The whole connection is gone, not this attempt's stream alone. */
    boolean connectionLost() {
        MeshSocket used = socket;
        return used != null && used.lost();
    }

    /** The cluster has as many requests as it may. */
    boolean overflowed() {
        return overflowed;
    }

    @Nullable
    String retryAfter() {
        return retryAfter;
    }

    void hideRetryAfter(String value) {
        retryAfter = value;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        if (counts) {
            lease = attempt.connectionOpening();
        }
        application.connectStart(outer, address, proxy);
    }

    @Override
    public void connectFailed(
            Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol, IOException failure) {
        brokeOff = true;
        closeLease();
        application.connectFailed(outer, address, proxy, protocol, failure);
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        ConnectionLease opened = lease;
        if (connection.socket() instanceof MeshSocket acquired) {
            socket = acquired;
            if (opened != null && acquired.hold(opened)) {
                lease = null;
            }
        }
        // A connection that lost the race against a shared one is closed again by OkHttp.
        closeLease();
        if (!attempt.connected()) {
            overflowed = true;
            call.cancel();
        }
        application.connectionAcquired(outer, connection);
    }

    /** Nobody holds on to a connection that was not made after all. */
    void closeLease() {
        ConnectionLease opened = lease;
        lease = null;
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public void requestHeadersStart(Call call) {
        headersStarted = true;
        application.requestHeadersStart(outer);
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
        RequestBody body = request.body();
        if (body == null || body.isDuplex()) {
            sent();
        }
        application.requestHeadersEnd(outer, request);
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        sent();
        application.requestBodyEnd(outer, byteCount);
    }

    private void sent() {
        attempt.requestSent();
        onSent.run();
    }

    @Override
    public void requestFailed(Call call, IOException failure) {
        brokeOff = true;
        application.requestFailed(outer, failure);
    }

    @Override
    public void responseFailed(Call call, IOException failure) {
        brokeOff = true;
        application.responseFailed(outer, failure);
    }

    @Override
    public void proxySelectStart(Call call, HttpUrl url) {
        application.proxySelectStart(outer, url);
    }

    @Override
    public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
        application.proxySelectEnd(outer, url, proxies);
    }

    @Override
    public void dnsStart(Call call, String domainName) {
        application.dnsStart(outer, domainName);
    }

    @Override
    public void dnsEnd(Call call, String domainName, List<InetAddress> addresses) {
        application.dnsEnd(outer, domainName, addresses);
    }

    @Override
    public void secureConnectStart(Call call) {
        application.secureConnectStart(outer);
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        application.secureConnectEnd(outer, handshake);
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        application.connectEnd(outer, address, proxy, protocol);
    }

    @Override
    public void connectionReleased(Call call, Connection connection) {
        application.connectionReleased(outer, connection);
    }

    @Override
    public void requestBodyStart(Call call) {
        application.requestBodyStart(outer);
    }

    @Override
    public void responseHeadersStart(Call call) {
        application.responseHeadersStart(outer);
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        application.responseHeadersEnd(outer, response);
    }

    @Override
    public void responseBodyStart(Call call) {
        application.responseBodyStart(outer);
    }

    @Override
    public void responseBodyEnd(Call call, long byteCount) {
        application.responseBodyEnd(outer, byteCount);
    }
}
