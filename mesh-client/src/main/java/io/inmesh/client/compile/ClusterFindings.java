package io.inmesh.client.compile;

import io.inmesh.client.balance.LocalCluster;
import io.inmesh.client.security.ClientTlsSettings;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.CommonLb.LocalityMode.ZoneAware;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.cluster.HttpProtocolOptions;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Protocol;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.UpstreamTransport;
import io.inmesh.xds.model.tls.TransportSocket;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a cluster is understood but does not take effect yet. */
final class ClusterFindings {

    private final Findings findings;

    private ClusterFindings(Findings findings) {
        this.findings = findings;
    }

    static List<Finding> of(Cluster cluster, @Nullable LocalCluster callers) {
        Findings findings = new Findings("cluster " + cluster.name());
        ClusterFindings checks = new ClusterFindings(findings);
        checks.balancing(cluster.lbPolicy(), cluster.commonLb(), callers);
        checks.discovery(cluster.discovery());
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

    private void balancing(LbPolicy policy, CommonLb common, @Nullable LocalCluster callers) {
        if (policy instanceof LbPolicy.Unsupported other) {
            findings.unsupported(other.field(), "least request is used");
        }
        boolean zones = common.localityMode() instanceof ZoneAware zoneAware && zoneAware.routingEnabled() > 0;
        if (zones && callers == null) {
            findings.unsupported(
                    "common_lb_config.zone_aware_lb_config",
                    "it is not known where the callers run: ENABLE_SELF_DISCOVERY is not on");
        }
    }

    private void discovery(Discovery discovery) {
        if (discovery instanceof Discovery.Unsupported other) {
            findings.unsupported(other.field(), "the cluster has no endpoints");
        }
    }
}
