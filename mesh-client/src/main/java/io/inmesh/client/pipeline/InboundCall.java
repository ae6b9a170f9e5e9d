package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.LocalReply;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.Workload;
import io.inmesh.client.authz.InboundConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request from its decision to the last byte of its answer. The adapter does what {@link #decision} says and then tells once how it
 * ended, from whichever thread.
 */
public final class InboundCall {

    private final InboundDecision decision;
    private final InboundConnection connection;
    private final Workload peer;
    private final CallReport.Service service;
    private final @Nullable CallListener listener;
    private final MeshClock clock;
    private final long start;
    private String protocol = "";
    private long requestBytes = -1;
    private long responseBytes = -1;

    InboundCall(
            InboundDecision decision,
            InboundConnection connection,
            Workload peer,
            CallReport.Service service,
            @Nullable CallListener listener,
            MeshClock clock) {
        this.decision = decision;
        this.connection = connection;
        this.peer = peer;
        this.service = service;
        this.listener = listener;
        this.clock = clock;
        this.start = listener == null ? 0 : clock.nanoTime();
    }

    public InboundDecision decision() {
        return decision;
    }

    /**
     * What was carried so far; to be told before the end.
     *
     * @param spoken as an access log writes it, such as {@code HTTP/1.1}
     */
    public void carried(String spoken, long bytesOfRequest, long bytesOfResponse) {
        protocol = spoken;
        requestBytes = bytesOfRequest;
        responseBytes = bytesOfResponse;
    }

    /** The application's answer went out. */
    public void answered(int status, String grpcStatus) {
        end(status, Set.of(), "via_upstream", grpcStatus);
    }

    /** The caller was gone before the answer was; or the connection is closed without one. */
    public void abandoned(int status) {
        end(status, Set.of(ResponseFlag.DC), "downstream_remote_disconnect", "");
    }

    /** The mesh's own answer went out. */
    public void replied(LocalReply reply) {
        ResponseFlag flag = reply.flag();
        end(reply.status(), flag == null ? Set.of() : Set.of(flag), reply.details(), "");
    }

    private void end(int status, Set<ResponseFlag> flags, String details, String grpcStatus) {
        if (listener == null) {
            return;
        }
        listener.callEnded(new CallReport(
                status,
                flags,
                details,
                CallReport.RouteNames.NONE,
                peer,
                service,
                connection.peer() != null,
                1,
                Duration.ofNanos(clock.nanoTime() - start),
                grpcStatus,
                transfer(),
                List.of()));
    }

    private CallReport.Transfer transfer() {
        String local = text(connection.local());
        String serverName = connection.serverName();
        return new CallReport.Transfer(
                protocol,
                requestBytes,
                responseBytes,
                -1,
                local,
                "",
                local,
                text(connection.remote()),
                serverName == null ? "" : serverName,
                "",
                "");
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
