package io.inmesh.client.telemetry;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener.Reporter;
import io.inmesh.api.spi.Workload;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What distinguishes one series of Istio's metrics from another, apart from this workload itself. Every series of a name has all labels;
 * what is not known is {@code unknown}.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/metrics/">Istio, standard metrics</a>
 */
record CallLabels(
        Reporter reporter,
        Workload peer,
        CallReport.Service service,
        boolean grpc,
        int status,
        Set<ResponseFlag> flags,
        String grpcStatus,
        boolean mutualTls) {

    static CallLabels of(Reporter reporter, boolean grpc, CallReport call) {
        return new CallLabels(
                reporter,
                call.peer(),
                call.service(),
                grpc,
                call.status(),
                call.flags(),
                call.grpcStatus(),
                call.mutualTls());
    }

    /** For calls beyond the number of series that are kept apart: still counted, by code and flags only. */
    CallLabels withoutPeer() {
        return new CallLabels(
                reporter, Workload.UNKNOWN, CallReport.Service.UNKNOWN, grpc, status, flags, grpcStatus, mutualTls);
    }

    Tags tags(Workload self) {
        boolean source = reporter == Reporter.SOURCE;
        return Tags.of("reporter", source ? "source" : "destination")
                .and(workload("source", source ? self : peer, mutualTls))
                .and(workload("destination", source ? peer : self, mutualTls))
                .and("destination_service", known(service.host()))
                .and("destination_service_name", known(service.name()))
                .and("destination_service_namespace", known(service.namespace()))
                .and("request_protocol", grpc ? "grpc" : "http")
                .and("response_code", Integer.toString(status))
                .and("response_flags", flagText())
                .and("grpc_response_status", grpcStatus)
                .and("connection_security_policy", security(source));
    }

    private static Tags workload(String side, Workload workload, boolean mutualTls) {
        return Tags.of(
                side + "_workload", known(workload.name()),
                side + "_workload_namespace", known(workload.namespace()),
                side + "_principal", mutualTls ? known(workload.principal()) : "unknown",
                side + "_app", known(workload.app()),
                side + "_version", known(workload.version()),
                side + "_cluster", known(workload.cluster()),
                side + "_canonical_service", known(workload.canonicalService()),
                side + "_canonical_revision", known(workload.canonicalRevision()));
    }

    private String flagText() {
        return flags.isEmpty()
                ? "-"
                : new TreeSet<>(flags).stream().map(ResponseFlag::name).collect(Collectors.joining(","));
    }

    /** Istio's source does not say; only the called side knows what it has accepted. */
    private String security(boolean source) {
        if (source) {
            return "unknown";
        }
        return mutualTls ? "mutual_tls" : "none";
    }

    private static String known(String value) {
        return value.isEmpty() ? "unknown" : value;
    }
}
