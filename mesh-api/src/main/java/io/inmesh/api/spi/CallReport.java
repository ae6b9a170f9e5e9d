package io.inmesh.api.spi;

import io.inmesh.api.error.ResponseFlag;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A finished call: what Istio's standard metrics, a span and an access log line need.
 *
 * @param status of the response that the caller saw; 0 if it saw none
 * @param flags Envoy's response flags; empty for an ordinary answer
 * @param details Envoy's {@code %RESPONSE_CODE_DETAILS%}, such as {@code via_upstream}
 * @param route names of what was matched; empty where nothing was
 * @param peer the other side's workload
 * @param service the service that was called
 * @param mutualTls both sides showed certificates
 * @param attempts how many were made; 0 if the call never left
 * @param duration from the call's start to the last byte of its response
 * @param grpcStatus of a gRPC call, such as {@code 14}; empty for others
 * @param transfer what was carried, and between whom
 * @param ledger the attempts, in order; empty on the called side
 */
public record CallReport(
        int status,
        Set<ResponseFlag> flags,
        String details,
        RouteNames route,
        Workload peer,
        Service service,
        boolean mutualTls,
        int attempts,
        Duration duration,
        String grpcStatus,
        Transfer transfer,
        List<AttemptReport> ledger) {

    public CallReport {
        flags = Set.copyOf(flags);
        Objects.requireNonNull(details, "details");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(grpcStatus, "grpcStatus");
        Objects.requireNonNull(transfer, "transfer");
        ledger = List.copyOf(ledger);
    }

    /** A call of which nobody knows what was carried. */
    public CallReport(
            int status,
            Set<ResponseFlag> flags,
            String details,
            RouteNames route,
            Workload peer,
            Service service,
            boolean mutualTls,
            int attempts,
            Duration duration,
            String grpcStatus) {
        this(
                status,
                flags,
                details,
                route,
                peer,
                service,
                mutualTls,
                attempts,
                duration,
                grpcStatus,
                Transfer.UNKNOWN,
                List.of());
    }

    /**
     * What was matched. Each part may be empty.
     *
     * @param operation the span's name that the control service gives, such as {@code reviews:9080/*}
     * @param istioConfig path of the VirtualService behind the route
     */
    public record RouteNames(String virtualHost, String route, String cluster, String operation, String istioConfig) {

        public static final RouteNames NONE = new RouteNames("", "", "", "", "");
    }

    /** A service as its callers name it. Each part may be empty. */
    public record Service(String host, String name, String namespace) {

        public static final Service UNKNOWN = new Service("", "", "");
    }

    /**
     * What was carried. Texts are empty and numbers -1 where they are not known.
     *
     * @param protocol as an access log writes it, such as {@code HTTP/1.1}
     * @param requestBytes of the request's body
     * @param responseBytes of the response's body, as far as it was carried
     * @param serviceMillis from the request to the response's head, as {@code x-envoy-upstream-service-time} tells; -1 if there was none
     * @param upstream address of the last attempt's endpoint; on the called side the address that was called
     * @param upstreamLocal our own end of that connection
     * @param downstreamLocal the address that the caller called
     * @param downstreamRemote the caller's address
     * @param serverName SNI of the connection that came in
     * @param requestId that the upstream was told where the caller gave none
     * @param transportFailure why the last attempt had no connection, in the transport's words
     */
    public record Transfer(
            String protocol,
            long requestBytes,
            long responseBytes,
            long serviceMillis,
            String upstream,
            String upstreamLocal,
            String downstreamLocal,
            String downstreamRemote,
            String serverName,
            String requestId,
            String transportFailure) {

        public static final Transfer UNKNOWN = new Transfer("", -1, -1, -1, "", "", "", "", "", "", "");
    }
}
