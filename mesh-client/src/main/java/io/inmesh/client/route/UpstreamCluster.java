package io.inmesh.client.route;

import io.inmesh.api.spi.CallReport;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.balance.LoadBalancer;
import io.inmesh.client.host.ClusterState;
import io.inmesh.client.resilience.Admission;
import io.inmesh.client.resilience.OutlierDetector;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as of one snapshot. Immutable apart from what its hosts remember.
 *
 * @param definition as the control service sent it
 * @param admission of ordinary requests
 * @param highPriorityAdmission of routes of high priority
 * @param outlierDetector null if hosts are never ejected
 * @param originalDestination where requests go that keep their own address; null if endpoints are chosen
 * @param service that callers name, for reports
 */
public record UpstreamCluster(
        Cluster definition,
        ClusterState state,
        LoadBalancer balancer,
        Admission admission,
        Admission highPriorityAdmission,
        @Nullable OutlierDetector outlierDetector,
        @Nullable Endpoint originalDestination,
        CallReport.Service service) {

    public String name() {
        return definition.name();
    }

    /**
     * Whether HTTP/2 is spoken, which is prior knowledge and never negotiated.
     *
     * @param callerSpeaksHttp2 which decides where the cluster speaks what its callers do
     */
    public boolean http2(boolean callerSpeaksHttp2) {
        Protocol protocol = definition.httpProtocolOptions().protocol();
        return protocol == Protocol.HTTP2 || (protocol == Protocol.USE_DOWNSTREAM && callerSpeaksHttp2);
    }

    /** How many requests a connection of HTTP/2 carries at a time. */
    public int maxConcurrentStreams() {
        Long limit = definition.httpProtocolOptions().maxConcurrentStreams();
        return limit == null ? Integer.MAX_VALUE : (int) Math.min(Math.max(limit, 1), Integer.MAX_VALUE);
    }

    public Admission admission(boolean highPriority) {
        return highPriority ? highPriorityAdmission : admission;
    }
}
