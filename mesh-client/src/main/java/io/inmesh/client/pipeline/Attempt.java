package io.inmesh.client.pipeline;

import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.resilience.ConnectionLease;
import io.inmesh.client.route.HeaderEditor;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.tls.TransportSocket;

/**
 * What a transport is to send, and to whom it says how it gets on: its call, as far as the attempt under way is concerned. It means the
 * next attempt once the exchange is over, so a transport reads and tells nothing after that, a connection's lease aside. What it tells is
 * thread-safe and may come from the transport's own threads.
 */
public interface Attempt {

    /** 1 for the first. */
    int number();

    UpstreamCluster cluster();

    /** Where it goes; see {@link #keepsAddress()}. */
    Endpoint endpoint();

    /** Until the response head, from when the request is out; 0 is off. The driver's timer, not the transport's. */
    long perTryTimeoutNanos();

    /** The {@code :path} to send; the request's own instance if it stays. */
    String path();

    /** The authority to send; the request's own instance if it stays. */
    String authority();

    /** Changes the request's headers as Envoy's router does for this attempt. Call once, on a builder of this attempt's own. */
    void editHeaders(HeaderEditor headers);

    /** Where the transport tells how far the attempt is; once, before it is sent. */
    void follow(AttemptProgress progress);

    /** No listener takes the request for HTTP, so that nothing is added to it. */
    boolean raw();

    /** For {@code x-request-id}, where the caller gives none; the same for every attempt of a call. */
    String requestId();

    /** Whether no connection was free, so that the transport is expected to open one. */
    boolean opensConnection();

    /** The transport opens a connection for this attempt; the lease is closed with the connection, or when opening it failed. */
    ConnectionLease connectionOpening();

    /**
     * The attempt has a connection that works, TLS included.
     *
     * @return false if the cluster has as many requests as it may; the transport then fails with {@code OVERFLOW} without sending
     */
    boolean connected();

    /** The last byte of the request is out; the per-try timer starts. */
    void requestSent();

    /** Whether it goes to the address that the URL itself names (Envoy's ORIGINAL_DST), instead of the endpoint's. */
    default boolean keepsAddress() {
        return cluster().originalDestination() != null;
    }

    /** Plaintext or TLS, as the cluster's {@code transport_socket_matches} say for the endpoint. */
    default TransportSocket transportSocket() {
        return endpoint().transport();
    }

    /** Whether HTTP/2 is spoken, by prior knowledge. */
    boolean multiplexed();

    default long connectTimeoutNanos() {
        return cluster().definition().connectTimeout().toNanos();
    }
}
