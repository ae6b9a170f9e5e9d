package io.inmesh.control.state;

import io.inmesh.control.config.AuthorizationPolicy;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.config.Meta;
import io.inmesh.control.config.RequestAuthentication;
import io.inmesh.control.config.VirtualService;
import io.inmesh.control.config.WorkloadEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Everything that translation looks at, at one moment, with Istio's rules of who sees what and what wins. Immutable. */
public final class PushContext {

    private final MeshSettings settings;
    private final Map<String, MeshService> services;
    private final Map<String, Map<Integer, List<MeshEndpoint>>> endpoints;
    private final List<Workload> workloads;
    private final List<VirtualService> virtualServices;
    private final DestinationRules destinationRules;
    private final PeerAuthentications peerAuthentications;
    private final List<AuthorizationPolicy> authorizationPolicies;
    private final List<RequestAuthentication> requestAuthentications;

    private PushContext(ConfigSnapshot config, Collection<WorkloadEntry> registered, MeshSettings settings) {
        this.settings = settings;
        this.services = Services.of(config, settings);
        this.workloads = Workloads.of(config, registered);
        this.peerAuthentications = new PeerAuthentications(config, settings);
        this.endpoints = new Endpoints(settings, peerAuthentications, workloads).of(config);
        this.destinationRules = new DestinationRules(config, settings);
        this.virtualServices = config.of(VirtualService.class).stream()
                .filter(VirtualService::forMesh)
                .sorted(Age.OLDEST_FIRST)
                .toList();
        this.authorizationPolicies = config.of(AuthorizationPolicy.class).stream()
                .filter(AuthorizationPolicy::enforced)
                .sorted(Age.OLDEST_FIRST)
                .toList();
        this.requestAuthentications = config.of(RequestAuthentication.class);
    }

    /**
     * The context of what is written and what is registered.
     *
     * @param registered entries of workloads that registered themselves; a written entry of the same name wins
     */
    public static PushContext of(ConfigSnapshot config, Collection<WorkloadEntry> registered, MeshSettings settings) {
        return new PushContext(config, registered, settings);
    }

    public MeshSettings settings() {
        return settings;
    }

    public List<Workload> workloads() {
        return workloads;
    }

    public PeerAuthentications peerAuthentications() {
        return peerAuthentications;
    }

    /** Every service by its host, for people; clients see those that are visible to them. */
    public Collection<MeshService> services() {
        return services.values();
    }

    /** In the order of their hosts. */
    public List<MeshService> servicesVisibleFrom(String namespace) {
        return services.values().stream()
                .filter(service -> service.visibleFrom(namespace))
                .toList();
    }

    public Optional<MeshService> service(String host) {
        return Optional.ofNullable(services.get(host));
    }

    public List<MeshEndpoint> endpoints(String host, int port) {
        return endpoints.getOrDefault(host, Map.of()).getOrDefault(port, List.of());
    }

    /** The VirtualServices that sidecars of a namespace follow, the oldest first. */
    public List<VirtualService> virtualServicesVisibleFrom(String namespace) {
        return virtualServices.stream()
                .filter(virtual ->
                        Visibility.allows(virtual.exportTo(), virtual.meta().namespace(), namespace))
                .toList();
    }

    public Optional<DestinationRule> destinationRule(String clientNamespace, MeshService service) {
        return destinationRules.of(clientNamespace, service);
    }

    /** The policies that hold for a workload: its namespace's and the root namespace's, oldest first. */
    public List<AuthorizationPolicy> authorizationPolicies(String namespace, Map<String, String> labels) {
        List<AuthorizationPolicy> policies = new ArrayList<>();
        for (AuthorizationPolicy policy : authorizationPolicies) {
            if (holdsFor(policy.meta(), policy.selector(), namespace, labels)) {
                policies.add(policy);
            }
        }
        return policies;
    }

    public List<RequestAuthentication> requestAuthentications(String namespace, Map<String, String> labels) {
        return requestAuthentications.stream()
                .filter(policy -> holdsFor(policy.meta(), policy.selector(), namespace, labels))
                .toList();
    }

    private boolean holdsFor(Meta policy, Map<String, String> selector, String namespace, Map<String, String> labels) {
        boolean inScope =
                policy.namespace().equals(namespace) || policy.namespace().equals(settings.rootNamespace());
        return inScope && labels.entrySet().containsAll(selector.entrySet());
    }

    /** The identities that a caller of a service accepts: of the accounts of its endpoints, and those written. Sorted. */
    public List<String> subjectAltNames(MeshService service) {
        Set<String> names = new TreeSet<>(service.subjectAltNames());
        endpoints.getOrDefault(service.host(), Map.of()).values().stream()
                .flatMap(List::stream)
                .map(MeshEndpoint::workload)
                .filter(workload -> !workload.serviceAccount().isEmpty())
                .forEach(workload ->
                        names.add("spiffe://" + settings.trustDomain().name() + "/ns/" + workload.namespace() + "/sa/"
                                + workload.serviceAccount()));
        return List.copyOf(names);
    }

    /** The workload that a client is, if the control service knows it. */
    public Optional<Workload> workloadOf(Proxy proxy) {
        String name = proxy.workloadEntry().orElse(proxy.name());
        return workloads.stream()
                .filter(workload -> workload.namespace().equals(proxy.namespace())
                        && workload.name().equals(name))
                .findFirst();
    }

    /** A port on which a workload serves, and the service that leads there. */
    public record Inbound(int port, Protocol protocol, MeshService service, int servicePort) {}

    /** The ports of a workload that services lead to, one service for each, in the order of hosts and ports. */
    public List<Inbound> inboundOf(Workload workload) {
        Set<Integer> ports = new LinkedHashSet<>();
        List<Inbound> inbound = new ArrayList<>();
        for (MeshService service : services.values()) {
            for (MeshService.ServicePort port : service.ports()) {
                for (MeshEndpoint endpoint : endpoints(service.host(), port.number())) {
                    if (endpoint.workload().equals(workload) && ports.add(endpoint.port())) {
                        inbound.add(new Inbound(endpoint.port(), port.protocol(), service, port.number()));
                    }
                }
            }
        }
        return inbound;
    }
}
