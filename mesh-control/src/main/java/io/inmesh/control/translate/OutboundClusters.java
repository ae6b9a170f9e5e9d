package io.inmesh.control.translate;

import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.state.MeshEndpoint;
import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.MeshService.Resolution;
import io.inmesh.control.state.MeshService.ServicePort;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.DiscoveryType;
import io.inmesh.xds.envoy.Clusters.DnsLookupFamily;
import io.inmesh.xds.envoy.Clusters.EdsClusterConfig;
import io.inmesh.xds.envoy.Clusters.LbPolicy;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One cluster for each port of each visible service and for each subset of it, and the two that every sidecar has. */
final class OutboundClusters {

    private final PushContext context;
    private final Scopes.Outbound client;
    private final List<Message> clusters = new ArrayList<>();
    private final List<Message> assignments = new ArrayList<>();

    OutboundClusters(PushContext context, Scopes.Outbound client) {
        this.context = context;
        this.client = client;
        for (MeshService service : context.servicesVisibleFrom(client.namespace())) {
            for (ServicePort port : service.ports()) {
                add(service, port);
            }
        }
        clusters.add(FixedClusters.blackHole(context.settings()));
        clusters.add(FixedClusters.passthrough(context.settings()));
    }

    List<Message> clusters() {
        return clusters;
    }

    List<Message> assignments() {
        return assignments;
    }

    private void add(MeshService service, ServicePort port) {
        var rule = context.destinationRule(client.namespace(), service);
        List<MeshEndpoint> endpoints = context.endpoints(service.host(), port.number());
        add(service, port, "", EffectivePolicy.of(rule, port.number(), ""), endpoints);
        for (DestinationRule.Subset subset : rule.map(DestinationRule::subsets).orElse(List.of())) {
            List<MeshEndpoint> some = endpoints.stream()
                    .filter(endpoint -> endpoint.workload().matches(subset.labels()))
                    .toList();
            EffectivePolicy policy = EffectivePolicy.of(rule, port.number(), subset.name());
            add(service, port, subset.name(), policy, some);
        }
    }

    private void add(
            MeshService service,
            ServicePort port,
            String subset,
            EffectivePolicy policy,
            List<MeshEndpoint> endpoints) {
        String name = XdsNames.outboundCluster(port.number(), subset, service.host());
        Message cluster = Message.of(Cluster.TYPE)
                .with(Cluster.NAME, name)
                .with(Cluster.ALT_STAT_NAME, name + ";")
                .with(Cluster.METADATA, metadata(service, subset, policy));
        cluster = ConnectionPoolTranslation.on(
                cluster,
                policy.connectionPool(),
                policy.policy().retryBudget(),
                port.protocol(),
                context.settings().connectTimeout());
        cluster = OutlierTranslation.on(cluster, policy.outlierDetection());
        cluster = discovery(cluster, service, policy, name, endpoints);
        boolean http2 = ConnectionPoolTranslation.http2(policy.connectionPool(), port.protocol());
        UpstreamTls.Upstream upstream =
                new UpstreamTls.Upstream(service, port.number(), subset, port.protocol(), http2);
        clusters.add(UpstreamTls.on(cluster, context, upstream, policy, client.istioFilters()));
    }

    private Message discovery(
            Message cluster, MeshService service, EffectivePolicy policy, String name, List<MeshEndpoint> endpoints) {
        boolean original =
                service.resolution() == Resolution.NONE || LoadBalancerTranslation.passthrough(policy.loadBalancer());
        if (original) {
            return cluster.with(Cluster.DISCOVERY_TYPE, DiscoveryType.ORIGINAL_DST)
                    .with(Cluster.LB_POLICY, LbPolicy.CLUSTER_PROVIDED);
        }
        Message balanced = LoadBalancerTranslation.on(cluster, policy.loadBalancer());
        if (service.resolution() == Resolution.ENDPOINTS) {
            assignments.add(LoadAssignments.of(
                    name, endpoints.stream().filter(OutboundClusters::hasIp).toList()));
            return balanced.with(Cluster.DISCOVERY_TYPE, DiscoveryType.EDS)
                    .with(
                            Cluster.EDS_CLUSTER_CONFIG,
                            Message.of(EdsClusterConfig.TYPE)
                                    .with(EdsClusterConfig.EDS_CONFIG, Messages.ADS)
                                    .with(EdsClusterConfig.SERVICE_NAME, name));
        }
        boolean logical = service.resolution() == Resolution.DNS_ROUND_ROBIN;
        return balanced.with(Cluster.DISCOVERY_TYPE, logical ? DiscoveryType.LOGICAL_DNS : DiscoveryType.STRICT_DNS)
                .with(Cluster.DNS_LOOKUP_FAMILY, DnsLookupFamily.V4_PREFERRED)
                .with(Cluster.RESPECT_DNS_TTL, true)
                .with(Cluster.LOAD_ASSIGNMENT, LoadAssignments.of(name, logical ? first(endpoints) : endpoints));
    }

    /** A name among the addresses of a load assignment would make Envoy refuse all of them. */
    private static boolean hasIp(MeshEndpoint endpoint) {
        return endpoint.address().indexOf(':') >= 0 || endpoint.address().matches("[0-9]+(\\.[0-9]+){3}");
    }

    /** Envoy refuses a logical name with several addresses. */
    private static List<MeshEndpoint> first(List<MeshEndpoint> endpoints) {
        return endpoints.isEmpty() ? endpoints : endpoints.subList(0, 1);
    }

    private static Message metadata(MeshService service, String subset, EffectivePolicy policy) {
        Map<String, Object> istio = new LinkedHashMap<>();
        istio.put(
                "services",
                List.of(Map.of("host", service.host(), "name", service.name(), "namespace", service.namespace())));
        if (!subset.isEmpty()) {
            istio.put("subset", subset);
        }
        if (policy.rule().isEmpty()) {
            return Provenance.metadata(istio, Provenance.inmesh(service.origin(), List.of()));
        }
        istio.put("config", policy.rule().get().meta().apiPath());
        return Provenance.metadata(
                istio, Provenance.inmesh(policy.rule().get().meta().origin(), policy.explicit()));
    }
}
