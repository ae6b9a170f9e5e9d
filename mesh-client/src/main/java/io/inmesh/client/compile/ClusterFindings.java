package io.inmesh.client.compile;

import io.inmesh.client.security.ClientTlsSettings;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.cluster.HttpProtocolOptions;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Protocol;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.UpstreamTransport;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.tls.TransportSocket;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.util.List;

/** What of a cluster is understood but does not take effect yet. */
final class ClusterFindings {

    private final Findings findings;

    private ClusterFindings(Findings findings) {
        this.findings = findings;
    }

    static List<Finding> of(Cluster cluster, ClusterLoadAssignment endpoints) {
        Findings findings = new Findings("cluster " + cluster.name());
        ClusterFindings checks = new ClusterFindings(findings);
        checks.balancing(cluster.lbPolicy(), cluster.commonLb());
        checks.discovery(cluster.discovery());
        checks.endpoints(endpoints);
        checks.connections(cluster.httpProtocolOptions());
        checks.transport(cluster.transport());
        return findings.list();
    }

    private void connections(HttpProtocolOptions options) {
        if (options.protocol() == Protocol.HTTP3 || options.protocol() == Protocol.AUTO) {
            findings.unsupported("http_protocol_options", "HTTP/1.1 is spoken");
        }
    }

    private void transport(UpstreamTransport transport) {
        socket(transport.defaultSocket());
        transport.matches().forEach(match -> socket(match.socket()));
    }

    private void socket(TransportSocket socket) {
        if (socket instanceof UpstreamTls tls) {
            try {
                ClientTlsSettings.of(tls);
            } catch (IllegalArgumentException e) {
                findings.unsupported("transport_socket", "calls fail: " + e.getMessage());
            }
        }
    }

    private void balancing(LbPolicy policy, CommonLb common) {
        if (policy instanceof LbPolicy.Unsupported other) {
            findings.unsupported(other.field(), "least request is used");
        }
        if (common.localityMode() instanceof CommonLb.LocalityMode.ZoneAware) {
            findings.unsupported("common_lb_config.zone_aware_lb_config");
        }
    }

    private void endpoints(ClusterLoadAssignment assignment) {
        boolean several = assignment.endpoints().stream()
                .flatMap(group -> group.endpoints().stream())
                .anyMatch(endpoint -> !endpoint.additionalAddresses().isEmpty());
        if (several) {
            findings.unsupported("load_assignment.endpoint.additional_addresses", "the first address is used");
        }
    }

    private void discovery(Discovery discovery) {
        if (discovery instanceof Discovery.Unsupported other) {
            findings.unsupported(other.field(), "the cluster has no endpoints");
        }
    }
}
