package io.inmesh.control.translate;

import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.config.LoadBalancer;
import io.inmesh.control.state.MeshEndpoint;
import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.MeshService.Resolution;
import io.inmesh.control.state.MeshService.ServicePort;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Protocol;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.DiscoveryType;
import io.inmesh.xds.envoy.Clusters.DnsLookupFamily;
import io.inmesh.xds.envoy.Clusters.EdsClusterConfig;
import io.inmesh.xds.envoy.Clusters.LbPolicy;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One cluster for each port of a host that can be called and for each subset of it, and the two that every sidecar has. */
final class OutboundClusters {

    private static final Duration DNS_JITTER = Duration.ofMillis(100);

    private final PushContext context;
    private final Scopes.Callee callee;
    private final List<Variant> variants = new ArrayList<>();

    private record Variant(
            MeshService service, ServicePort port, String subset, Map<String, String> labels, EffectivePolicy policy) {

        String name() {
            return XdsNames.outboundCluster(port.number(), subset, service.host());
        }
    }

    /** Whether callers keep the address that they wanted; a gateway wants none, and gets the endpoints. */
    private boolean original(Variant variant) {
        boolean headless = variant.service.resolution() == Resolution.NONE && !callee.gateway();
        return headless || LoadBalancerTranslation.passthrough(variant.policy.loadBalancer());
    }

    private boolean asksForEndpoints(Variant variant) {
        boolean named = variant.service.resolution() == Resolution.DNS
                || variant.service.resolution() == Resolution.DNS_ROUND_ROBIN;
        return !original(variant) && !named;
    }

    OutboundClusters(PushContext context, Scopes.Callee callee) {
        this.context = context;
        this.callee = callee;
        context.service(callee.host()).ifPresent(service -> service.ports().forEach(port -> add(service, port)));
    }

    private void add(MeshService service, ServicePort port) {
        variants.add(new Variant(service, port, "", Map.of(), policy(port, "")));
        for (DestinationRule.Subset subset :
                callee.rule().map(DestinationRule::subsets).orElse(List.of())) {
            variants.add(new Variant(service, port, subset.name(), subset.labels(), policy(port, subset.name())));
        }
    }

    private EffectivePolicy policy(ServicePort port, String subset) {
        return EffectivePolicy.of(callee.rule(), port.number(), subset);
    }

    /** Those that no service is behind. */
    static List<Message> fixed(MeshSettings settings) {
        return List.of(FixedClusters.blackHole(settings), FixedClusters.passthrough(settings));
    }

    List<Message> clusters() {
        return variants.stream().map(this::cluster).toList();
    }

    /** Of the clusters that ask for their endpoints. */
    List<Message> assignments() {
        return variants.stream()
                .filter(this::asksForEndpoints)
                .map(variant -> LoadAssignments.of(
                        variant.name(),
                        endpoints(variant).stream()
                                .filter(OutboundClusters::hasIp)
                                .toList(),
                        localities(variant),
                        showsUnhealthy(variant)))
                .toList();
    }

    /** As istiod: where a panic would call endpoints that are not healthy, callers do not hear of those that are not ready. */
    private static boolean showsUnhealthy(Variant variant) {
        return variant.policy
                .outlierDetection()
                .filter(outlier -> outlier.minHealthPercent() > 0)
                .isEmpty();
    }

    private List<MeshEndpoint> endpoints(Variant variant) {
        return context.endpoints(variant.service.host(), variant.port.number()).stream()
                .filter(endpoint -> endpoint.workload().matches(variant.labels))
                .toList();
    }

    private Localities localities(Variant variant) {
        return Localities.of(
                variant.policy
                        .loadBalancer()
                        .flatMap(LoadBalancer::locality)
                        .orElse(context.settings().calls().locality()),
                variant.policy.loadBalancer().flatMap(LoadBalancer::zones),
                variant.policy.outlierDetection().isPresent(),
                callee.place());
    }

    private Message cluster(Variant variant) {
        EffectivePolicy policy = variant.policy;
        Protocol protocol = variant.port.protocol();
        Message cluster = Message.of(Cluster.TYPE)
                .with(Cluster.NAME, variant.name())
                .with(Cluster.ALT_STAT_NAME, variant.name() + ";")
                .with(Cluster.METADATA, metadata(variant, policy, original(variant)));
        cluster = ConnectionPoolTranslation.on(
                cluster,
                policy.connectionPool(),
                policy.policy().retryBudget(),
                protocol,
                context.settings().calls());
        cluster = OutlierTranslation.on(cluster, policy.outlierDetection());
        cluster = discovery(cluster, variant);
        boolean http2 = ConnectionPoolTranslation.http2(
                policy.connectionPool(), protocol, context.settings().calls());
        UpstreamTls.Upstream upstream =
                new UpstreamTls.Upstream(variant.service, variant.port.number(), variant.subset, protocol, http2);
        return UpstreamTls.on(cluster, context, upstream, policy, callee.istioFilters());
    }

    private Message discovery(Message cluster, Variant variant) {
        if (original(variant)) {
            return cluster.with(Cluster.DISCOVERY_TYPE, DiscoveryType.ORIGINAL_DST)
                    .with(Cluster.LB_POLICY, LbPolicy.CLUSTER_PROVIDED);
        }
        Message balanced = LoadBalancerTranslation.on(
                cluster,
                variant.policy.loadBalancer(),
                context.settings().calls().locality(),
                variant.policy.outlierDetection().isPresent());
        if (asksForEndpoints(variant)) {
            return balanced.with(Cluster.DISCOVERY_TYPE, DiscoveryType.EDS)
                    .with(
                            Cluster.EDS_CLUSTER_CONFIG,
                            Message.of(EdsClusterConfig.TYPE)
                                    .with(EdsClusterConfig.EDS_CONFIG, Messages.ADS)
                                    .with(EdsClusterConfig.SERVICE_NAME, variant.name()));
        }
        boolean logical = variant.service.resolution() == Resolution.DNS_ROUND_ROBIN;
        List<MeshEndpoint> endpoints = endpoints(variant);
        return balanced.with(Cluster.DISCOVERY_TYPE, logical ? DiscoveryType.LOGICAL_DNS : DiscoveryType.STRICT_DNS)
                .with(Cluster.DNS_LOOKUP_FAMILY, DnsLookupFamily.V4_PREFERRED)
                .with(Cluster.DNS_REFRESH_RATE, context.settings().calls().dnsRefreshRate())
                .with(Cluster.DNS_JITTER, DNS_JITTER)
                .with(Cluster.RESPECT_DNS_TTL, true)
                .with(
                        Cluster.LOAD_ASSIGNMENT,
                        LoadAssignments.of(
                                variant.name(),
                                logical ? first(endpoints) : endpoints,
                                localities(variant),
                                showsUnhealthy(variant)));
    }

    /** A name among the addresses of a load assignment would make Envoy refuse all of them. */
    private static boolean hasIp(MeshEndpoint endpoint) {
        return endpoint.address().indexOf(':') >= 0 || endpoint.address().matches("[0-9]+(\\.[0-9]+){3}");
    }

    /** Envoy refuses a logical name with several addresses. */
    private static List<MeshEndpoint> first(List<MeshEndpoint> endpoints) {
        return endpoints.isEmpty() ? endpoints : endpoints.subList(0, 1);
    }

    private static Message metadata(Variant variant, EffectivePolicy policy, boolean original) {
        MeshService service = variant.service;
        String subset = variant.subset;
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
        Map<String, Object> inmesh =
                Provenance.inmesh(policy.rule().get().meta().origin(), policy.explicit());
        if (!original && LoadBalancerTranslation.peakEwma(policy)) {
            inmesh.put("loadBalancer", "PEAK_EWMA");
        }
        return Provenance.metadata(istio, inmesh);
    }
}
