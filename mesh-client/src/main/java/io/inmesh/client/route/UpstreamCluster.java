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

    /** Whether a connection carries many requests. HTTP/2 is prior knowledge, never negotiated. */
    public boolean multiplexed() {
        return definition.httpProtocolOptions().protocol() == Protocol.HTTP2;
    }

    public Admission admission(boolean highPriority) {
        return highPriority ? highPriorityAdmission : admission;
    }
}
