package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.Workload;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.RouteMatcher;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/** Puts into words for listeners what became of a call; nothing is built unless one listens. */
final class Reports {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private Reports() {}

    static void attemptEnded(OutboundCall call, boolean retried) {
        CallListener listener = call.listener;
        if (listener == null || call.released()) {
            return;
        }
        listener.attemptEnded(Ledger.last(call, retried));
    }

    static CallReport call(OutboundCall call, String details, long nowNanos) {
        Endpoint endpoint = call.endpoint;
        return new CallReport(
                status(call),
                call.flags(),
                details,
                names(call),
                endpoint == null ? Workload.UNKNOWN : endpoint.workload(),
                call.cluster == null ? CallReport.Service.UNKNOWN : call.cluster.service(),
                endpoint != null && endpoint.transport() instanceof UpstreamTls tls && mutual(tls),
                call.attempts,
                Duration.ofNanos(nowNanos - call.startNanos),
                grpcStatus(call),
                transfer(call),
                call.ledger());
    }

    private static CallReport.Transfer transfer(OutboundCall call) {
        AttemptProgress progress = call.progress;
        Endpoint endpoint = call.endpoint;
        return new CallReport.Transfer(
                protocol(call),
                progress.requestBytes(),
                call.reply == null
                        ? progress.responseBytes()
                        : call.reply.body().getBytes(StandardCharsets.UTF_8).length,
                call.head == null ? -1 : (call.nowNanos - call.routerNanos) / NANOS_PER_MILLI,
                endpoint == null ? "" : endpoint.host().address(),
                progress.localAddress(),
                "",
                "",
                "",
                call.raw() || call.attempts == 0 ? "" : call.requestId(),
                call.head == null ? call.detail : "");
    }

    /** Without a connection, the one that the cluster would have been spoken to in. */
    private static String protocol(OutboundCall call) {
        String spoken = call.progress.protocol();
        if (!spoken.isEmpty()) {
            return spoken;
        }
        return call.cluster != null && call.multiplexed() ? "HTTP/2" : "HTTP/1.1";
    }

    private static boolean mutual(UpstreamTls tls) {
        return !tls.common().certificates().isEmpty();
    }

    private static int status(OutboundCall call) {
        if (call.reply != null) {
            return call.reply.status();
        }
        MeshResponse head = call.head;
        return head == null ? 0 : head.status();
    }

    private static String grpcStatus(OutboundCall call) {
        MeshResponse head = call.head;
        if (head == null || !RouteMatcher.isGrpc(call.request)) {
            return "";
        }
        return Objects.requireNonNullElse(head.header("grpc-status"), "");
    }

    private static CallReport.RouteNames names(OutboundCall call) {
        CompiledRoute route = call.route;
        if (route == null) {
            return CallReport.RouteNames.NONE;
        }
        return new CallReport.RouteNames(
                route.virtualHost(),
                route.name(),
                call.share == null || call.snapshot.cluster(call.share.cluster()) == null ? "" : call.share.cluster(),
                route.operation(),
                route.istioConfig());
    }
}
