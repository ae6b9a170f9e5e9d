package io.inmesh.client;

import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.client.adapter.jdk.MeshHttpClient;
import io.inmesh.client.adapter.okhttp.OkHttpMesh;
import io.inmesh.client.adapter.reactor.ReactorMesh;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.route.LocalPolicies;
import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.client.security.ServerTlsFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The mesh of one process: what leads its calls and judges its callers. One is enough for a process; it is made when the process starts
 * and closed when it ends. Thread-safe.
 *
 * <pre>{@code
 * Mesh mesh = Mesh.builder().config(agent).identity(agent).build();
 * OkHttpClient client = mesh.okHttp(new OkHttpClient());
 * }</pre>
 */
public final class Mesh implements AutoCloseable {

    private final @Nullable Wiring wiring;

    Mesh(@Nullable Wiring wiring) {
        this.wiring = wiring;
    }

    public static MeshBuilder builder() {
        return new MeshBuilder();
    }

    /** Whether there is a source of configuration; without one everything passes through untouched. */
    public boolean configured() {
        return wiring != null;
    }

    /**
     * The client with the mesh below it; see {@link OkHttpMesh#client}. Until the first complete configuration its calls wait, bounded by
     * {@link MeshBuilder#readyTimeout}, and then fail with {@link MeshNotReadyException}.
     */
    public OkHttpClient okHttp(OkHttpClient client) {
        return wiring == null ? client : wiring.okHttp().client(client);
    }

    /**
     * The JDK's client with the mesh before it: requests for hosts of the mesh go through the mesh, all others through the client itself.
     */
    public HttpClient httpClient(HttpClient client) {
        return wiring == null ? client : MeshHttpClient.of(client, wiring.plain(), this::carries);
    }

    /**
     * Requests of Reactor Netty through the mesh; needs {@code reactor-netty-http} on the class path.
     *
     * @throws IllegalStateException if there is no source of configuration
     */
    public ReactorMesh reactor() {
        return wired().reactor();
    }

    /**
     * Whether a request for the address is the mesh's affair; what it only passes through is not. Before the first complete
     * configuration all requests are, for they have to wait for it. Never blocks.
     */
    public boolean carries(URI address) {
        return wiring != null && wiring.carries(address);
    }

    /**
     * Whether the host is a service of the mesh whose peers are offered its mutual TLS: a client that goes past the mesh may be refused there.
     * False before the first complete configuration.
     *
     * @param host in full, or as short as callers of its namespace may have it
     */
    public boolean offersMutualTls(String host, int port) {
        return wiring != null && wiring.offersMutualTls(host, port);
    }

    /** Which way a request would go at this moment and why, with the very search that calls use. Sends nothing. */
    public Explanation explain(MeshRequest request) {
        return wired().outbound().explain(request);
    }

    /** As {@link #explain(MeshRequest)}, for a request of OkHttp. */
    public Explanation explain(Request request) {
        return explain(OkHttpMesh.head(request));
    }

    /**
     * Makes a policy ready that the application's requests are going to carry; what cannot take effect is told here and not at the first
     * call.
     *
     * @throws io.inmesh.api.error.MeshConfigurationException if it cannot take effect
     */
    public void prepare(CallPolicy policy) {
        if (wiring == null) {
            new LocalPolicies(ignored -> null, () -> 0, true).of(policy);
        } else {
            wiring.outbound().policies().of(policy);
        }
    }

    /**
     * Waits for the first complete configuration and, where there is a source of identities, the first identity.
     *
     * @throws MeshNotReadyException if they do not come in time; the message says what is missing
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void awaitReady(Duration limit) throws MeshNotReadyException, InterruptedException {
        if (wiring != null) {
            wiring.awaitReady(limit);
        }
    }

    /** Who this workload is at this moment, its key included; empty before the first identity, and without a source of identities. */
    public Optional<WorkloadIdentity> identity() {
        return wiring == null ? Optional.empty() : wiring.identity();
    }

    /** How the mesh is at this moment; for health checks and people. */
    public MeshState state() {
        return wiring == null ? MeshState.PASS_THROUGH : wiring.state();
    }

    /** Where the admin endpoint is, on the loopback interface; empty unless {@link MeshBuilder#adminPort} asked for it. */
    public OptionalInt adminPort() {
        int port = wiring == null ? -1 : wiring.adminPort();
        return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /**
     * The called side, for a server's adapter. The first use prepares the JDK's TLS for Istio's peers, which has to happen before the
     * process' first TLS server (docs/adr/0006).
     *
     * @throws io.inmesh.api.error.MeshConfigurationException if another TLS server was first
     */
    public InboundPipeline inbound() {
        Wiring wired = wired();
        IgnoredServerName.require();
        return wired.inbound();
    }

    /** The called side's TLS, for a server that keeps one TLS context of its own, such as grpc-java's. */
    public ServerTlsFactory inboundTls() {
        Wiring wired = wired();
        IgnoredServerName.require();
        return wired.inboundTls();
    }

    /**
     * The port of this process is meant to be plaintext and open, such as one for probes and metrics: {@link MeshState#exposed} and the log
     * do not name it.
     */
    public void leaveOpen(int port) {
        if (wiring != null) {
            wiring.leaveOpen(port);
        }
    }

    /** The calling side, for an adapter of another HTTP client. */
    public OutboundPipeline outbound() {
        return wired().outbound();
    }

    /** Ends the sources and closes idle connections; calls under way end by themselves. */
    @Override
    public void close() {
        if (wiring != null) {
            wiring.close();
        }
    }

    private Wiring wired() {
        if (wiring == null) {
            throw new IllegalStateException("This mesh has no source of configuration: everything passes through");
        }
        return wiring;
    }
}
