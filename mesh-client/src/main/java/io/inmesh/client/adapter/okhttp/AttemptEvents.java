package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.pipeline.AttemptProgress;
import io.inmesh.client.resilience.ConnectionLease;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketAddress;
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
import okhttp3.internal.connection.RealConnection;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * Follows one attempt inside OkHttp: counts its connection, notes how far it came, and passes what concerns the network on to the
 * application's listener as events of the application's call. Events come from the thread that executes the attempt.
 */
final class AttemptEvents extends EventListener implements AttemptProgress {

    private static final System.Logger LOG = System.getLogger(AttemptEvents.class.getName());

    private final OkHttpExchange exchange;
    private final Attempt attempt;
    private final boolean counts;
    private final EventListener application;
    private final Call outer;
    private final @Nullable CallerLimits unbounded;
    private final MeshClock clock;
    private @Nullable ConnectionLease lease;
    private volatile @Nullable MeshSocket socket;
    private boolean headersStarted;
    private boolean brokeOff;
    private volatile boolean givenUp;
    private boolean overflowed;
    private List<String> retryAfter = List.of();
    private long connectStarted = NOT_YET;
    private long tlsStarted = NOT_YET;
    private long tlsEnded = NOT_YET;
    private long connected = NOT_YET;
    private long firstByte = NOT_YET;
    private long requestBytes;
    private volatile long responseBytes;
    private @Nullable Connection connection;

    /**
     * Follows an attempt.
     *
     * @param counts whether its connection is one of the cluster's, and not of the application's own
     * @param application the application's listener
     * @param outer the application's call
     * @param unbounded hears when the last byte of the request is out; null if the route bounds the wait for the answer
     */
    AttemptEvents(
            OkHttpExchange exchange,
            Attempt attempt,
            boolean counts,
            EventListener application,
            Call outer,
            @Nullable CallerLimits unbounded,
            MeshClock clock) {
        this.exchange = exchange;
        this.attempt = attempt;
        this.counts = counts;
        this.application = application;
        this.outer = outer;
        this.unbounded = unbounded;
        this.clock = clock;
    }

    /** The attempt that it follows. */
    OkHttpExchange exchange() {
        return exchange;
    }

    @Override
    public long connectStarted() {
        return connectStarted;
    }

    @Override
    public long tlsStarted() {
        return tlsStarted;
    }

    @Override
    public long tlsEnded() {
        return tlsEnded;
    }

    @Override
    public long connected() {
        return connected;
    }

    @Override
    public long firstByte() {
        return firstByte;
    }

    @Override
    public long requestBytes() {
        return requestBytes;
    }

    @Override
    public long responseBytes() {
        return responseBytes;
    }

    @Override
    public String protocol() {
        Connection used = connection;
        return used == null ? "" : used.protocol() == Protocol.HTTP_1_1 ? "HTTP/1.1" : "HTTP/2";
    }

    @Override
    public String localAddress() {
        Connection used = connection;
        SocketAddress local = used == null ? null : used.socket().getLocalSocketAddress();
        return local instanceof InetSocketAddress inet && inet.getPort() > 0
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "";
    }

    /** Some of the response's body was read, by one thread at a time. */
    void read(long bytes) {
        long before = responseBytes;
        responseBytes = before + bytes;
    }

    /** Some of the request may have gone out. */
    boolean requestStarted() {
        return headersStarted;
    }

    /** Its connection turned out to be none before anything was sent. */
    void notBegun() {
        headersStarted = false;
        brokeOff = false;
    }

    /** It was the connection that failed, not code of the application around it. */
    boolean brokeOff() {
        return brokeOff;
    }

    /** The whole connection is gone, not this attempt's stream alone. */
    boolean connectionLost() {
        MeshSocket used = socket;
        return givenUp || (used != null && used.lost());
    }

    /** A connection whose peer answers no PINGs is closed by OkHttp, to whose streams this looks like a reset. */
    private void noteGivenUp(IOException failure) {
        if (failure instanceof StreamResetException reset
                && reset.errorCode == ErrorCode.PROTOCOL_ERROR
                && connection instanceof RealConnection used) {
            givenUp = !used.isHealthy(false);
        }
    }

    /** The cluster has as many requests as it may. */
    boolean overflowed() {
        return overflowed;
    }

    List<String> retryAfter() {
        return retryAfter;
    }

    void hideRetryAfter(List<String> values) {
        retryAfter = values;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        if (counts) {
            lease = attempt.connectionOpening();
        }
        connectStarted = clock.nanoTime();
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
    public void connectionAcquired(Call call, Connection acquiredConnection) {
        connection = acquiredConnection;
        connected = clock.nanoTime();
        ConnectionLease opened = lease;
        if (acquiredConnection.socket() instanceof MeshSocket acquired) {
            socket = acquired;
            acquired.used();
            noteHandshake(acquired);
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
        application.connectionAcquired(outer, acquiredConnection);
    }

    /** A connection that was open before has shaken hands for somebody else. */
    private void noteHandshake(MeshSocket acquired) {
        MeshSocket.Handshake handshake = acquired.handshake();
        if (connectStarted != NOT_YET && handshake != null) {
            tlsStarted = handshake.startNanos();
            tlsEnded = handshake.endNanos();
        }
    }

    /** Of HTTP/1.1 nobody else uses the connection; one of HTTP/2 ends with its last stream. */
    private void closeIfSpent() {
        MeshSocket used = socket;
        if (used != null && !attempt.multiplexed() && used.spent()) {
            try {
                used.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a connection at the end of its life did not close", e);
            }
        }
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
        if (body == null) {
            sent();
        }
        application.requestHeadersEnd(outer, request);
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        requestBytes = byteCount;
        sent();
        application.requestBodyEnd(outer, byteCount);
    }

    private void sent() {
        attempt.requestSent();
        if (unbounded != null) {
            unbounded.awaitHead();
        }
    }

    @Override
    public void requestFailed(Call call, IOException failure) {
        brokeOff = true;
        application.requestFailed(outer, failure);
    }

    @Override
    public void responseFailed(Call call, IOException failure) {
        brokeOff = true;
        noteGivenUp(failure);
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
        tlsStarted = clock.nanoTime();
        application.secureConnectStart(outer);
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        tlsEnded = clock.nanoTime();
        application.secureConnectEnd(outer, handshake);
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        application.connectEnd(outer, address, proxy, protocol);
    }

    @Override
    public void connectionReleased(Call call, Connection connection) {
        closeIfSpent();
        application.connectionReleased(outer, connection);
    }

    @Override
    public void requestBodyStart(Call call) {
        application.requestBodyStart(outer);
    }

    @Override
    public void responseHeadersStart(Call call) {
        firstByte = clock.nanoTime();
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
