package io.inmesh.control.state;

import io.inmesh.control.config.AuthorizationPolicy;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.config.Gateway;
import io.inmesh.control.config.KeyAddress;
import io.inmesh.control.config.KubernetesService;
import io.inmesh.control.config.Meta;
import io.inmesh.control.config.RequestAuthentication;
import io.inmesh.control.config.Resource;
import io.inmesh.control.config.ServiceEntry;
import io.inmesh.control.config.Sidecar;
import io.inmesh.control.config.TlsSecret;
import io.inmesh.control.config.VirtualService;
import io.inmesh.control.config.WorkloadEntry;
import io.inmesh.control.config.WorkloadGroup;
import io.inmesh.control.state.graph.Family;
import io.inmesh.control.state.graph.Graph;
import io.inmesh.control.state.graph.Inputs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that translation looks at, with Istio's rules of who sees what and what wins. Whatever a computation of its {@link Graph}
 * reads here becomes a source of it, and is read again only if it changed. Used by one thread at a time.
 */
public final class PushContext {

    private final Graph graph = new Graph();
    private final MeshSettings base;
    private final ConfigIndex index;
    private final Family<String, MeshSettings> settings;
    private final PeerAuthentications peerAuthentications;
    private final DestinationRules destinationRules;
    private final InboundPorts inbound;
    private final Family<String, Optional<MeshService>> services;
    private final Family<String, List<String>> hosts;
    private final Family<String, List<MeshService>> visibleServices;
    private final Family<String, Map<Integer, List<MeshEndpoint>>> endpoints;
    private final Family<String, List<VirtualService>> visibleVirtualServices;
    private final Family<String, List<VirtualService>> labelledVirtualServices;
    private final Family<String, List<String>> virtualHosts;
    private final Family<String, List<String>> subjectAltNames;
    private final Family<String, Boolean> placesMatter;
    private final Family<RuleKey, Optional<DestinationRule>> rules;
    private final Inputs<KeyAddress, Optional<String>> keys = new Inputs<>(graph, Optional.empty());
    private Set<KeyAddress> knownKeys = Set.of();

    private record RuleKey(String clientNamespace, MeshService service) {}

    /**
     * Nothing known yet.
     *
     * @param base what holds where no MeshConfig says otherwise
     */
    public PushContext(MeshSettings base) {
        this.base = base;
        index = new ConfigIndex(graph, base);
        settings = new Family<>(graph, all -> findSettings());
        peerAuthentications = new PeerAuthentications(
                index.peerAuthentications::read, () -> settings().rootNamespace());
        destinationRules = new DestinationRules(index, this::settings);
        inbound = new InboundPorts(graph, this, index);
        services = new Family<>(graph, this::findService);
        hosts = new Family<>(graph, all -> allHosts());
        visibleServices = new Family<>(graph, this::findVisible);
        endpoints = new Family<>(graph, host -> Endpoints.of(host, index, peerAuthentications));
        visibleVirtualServices =
                new Family<>(graph, viewer -> visible(index.allVirtualServices.read(ConfigIndex.ALL), viewer));
        labelledVirtualServices =
                new Family<>(graph, viewer -> visible(index.labelledVirtualServices.read(ConfigIndex.ALL), viewer));
        virtualHosts = new Family<>(graph, this::findVirtualHosts);
        subjectAltNames = new Family<>(graph, this::accounts);
        placesMatter = new Family<>(
                graph,
                all -> !index.placedRules.read(ConfigIndex.ALL).isEmpty()
                        || !settings().calls().locality().distribute().isEmpty());
        rules = new Family<>(graph, key -> destinationRules.of(key.clientNamespace, key.service));
    }

    /**
     * A context of what is written and what is registered.
     *
     * @param registered entries of workloads that registered themselves; a written entry of the same name wins
     */
    public static PushContext of(ConfigSnapshot config, Collection<WorkloadEntry> registered, MeshSettings settings) {
        PushContext context = new PushContext(settings);
        context.replace(config.resources());
        context.register(registered);
        return context;
    }

    /** Takes a whole state in the place of the one before. */
    public void replace(Collection<? extends Resource> resources) {
        index.replace(resources);
    }

    /**
     * Takes changes.
     *
     * @param upserted what is new or changed, by {@link Meta#id()}
     * @param gone ids of what is there no longer
     */
    public void change(Map<String, ? extends Resource> upserted, Collection<String> gone) {
        index.change(upserted, gone);
    }

    /** Takes the entries of workloads that registered themselves. */
    public void register(Collection<WorkloadEntry> entries) {
        index.register(entries);
    }

    /** Takes the documents that were fetched for policies which name keys by address. */
    public void keys(Map<KeyAddress, String> documents) {
        Set<KeyAddress> gone = new HashSet<>(knownKeys);
        gone.removeAll(documents.keySet());
        gone.forEach(address -> keys.set(address, Optional.empty()));
        documents.forEach((address, json) -> keys.set(address, Optional.of(json)));
        knownKeys = Set.copyOf(documents.keySet());
    }

    /** The JWKS at an address; empty as long as it never came. */
    public Optional<String> keys(KeyAddress address) {
        return keys.read(address);
    }

    /** What computations that read this context belong to. */
    public Graph graph() {
        return graph;
    }

    /** As they are now. */
    public MeshSettings settings() {
        return settings.read(ConfigIndex.ALL);
    }

    private MeshSettings findSettings() {
        return base.chosen(index.meshConfigs.read(ConfigIndex.ALL))
                .map(base::with)
                .orElse(base);
    }

    public List<Workload> workloads() {
        return index.allWorkloads.read(ConfigIndex.ALL);
    }

    public PeerAuthentications peerAuthentications() {
        return peerAuthentications;
    }

    /** Every service by its host, for people; clients see those that are visible to them. */
    public Collection<MeshService> services() {
        return hosts.read(ConfigIndex.ALL).stream()
                .flatMap(host -> services.read(host).stream())
                .toList();
    }

    /** In the order of their hosts. */
    public List<MeshService> servicesVisibleFrom(String namespace) {
        return visibleServices.read(namespace);
    }

    public Optional<MeshService> service(String host) {
        return services.read(host);
    }

    /** The hosts that have this virtual address, in order. */
    public List<String> hostsOfAddress(String address) {
        Hosts.Names names = new Hosts.Names(base.clusterDomain());
        List<String> found = new ArrayList<>();
        index.addresses.read(address).forEach(service -> found.add(names.of(service)));
        index.entryAddresses.read(address).forEach(entry -> found.addAll(entry.hosts()));
        return found;
    }

    public List<MeshEndpoint> endpoints(String host, int port) {
        return endpoints.read(host).getOrDefault(port, List.of());
    }

    /** The VirtualService with the routes of those that it delegates to in their places. */
    public VirtualService withDelegates(VirtualService root) {
        return new Delegates(key -> index.delegates.read(key).stream().findFirst(), settings()).resolved(root);
    }

    /** The VirtualServices that sidecars of a namespace follow, the oldest first. Whoever reads it depends on all of them. */
    public List<VirtualService> virtualServicesVisibleFrom(String namespace) {
        return visibleVirtualServices.read(namespace);
    }

    /** The hosts, fully qualified, of the VirtualServices that sidecars of a namespace follow; by the age of these. */
    public List<String> virtualHostsVisibleFrom(String namespace) {
        return virtualHosts.read(namespace);
    }

    /** Those that sidecars of a namespace follow and that ask for labels of the caller. */
    public List<VirtualService> virtualServicesWithSourceLabels(String namespace) {
        return labelledVirtualServices.read(namespace);
    }

    /** The oldest VirtualService that names the host; else the oldest of the most specific wildcard. */
    public Optional<VirtualService> virtualService(String viewer, String host) {
        List<VirtualService> naming = visible(index.virtualServices.read(host), viewer);
        if (!naming.isEmpty()) {
            return Optional.of(naming.get(0));
        }
        VirtualService best = null;
        int length = -1;
        for (VirtualService virtual : visible(index.wildcardVirtualServices.read(ConfigIndex.ALL), viewer)) {
            for (String pattern : virtual.hosts()) {
                if (pattern.startsWith("*") && pattern.length() > length && Hosts.matches(pattern, host)) {
                    best = virtual;
                    length = pattern.length();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    public Optional<DestinationRule> destinationRule(String clientNamespace, MeshService service) {
        return rules.read(new RuleKey(clientNamespace, service));
    }

    /** Whether there is any rule for which it matters where a caller runs. */
    public boolean placesMatter() {
        return placesMatter.read(ConfigIndex.ALL);
    }

    /** The policies that hold for a workload: its namespace's and the root namespace's, oldest first. */
    public List<AuthorizationPolicy> authorizationPolicies(String namespace, Map<String, String> labels) {
        List<AuthorizationPolicy> policies = new ArrayList<>();
        for (String scope : scopes(namespace)) {
            index.authorizationPolicies.read(scope).stream()
                    .filter(policy ->
                            labels.entrySet().containsAll(policy.selector().entrySet()))
                    .forEach(policies::add);
        }
        policies.sort(Age.OLDEST_FIRST);
        return policies;
    }

    public List<RequestAuthentication> requestAuthentications(String namespace, Map<String, String> labels) {
        List<RequestAuthentication> policies = new ArrayList<>();
        for (String scope : scopes(namespace)) {
            index.requestAuthentications.read(scope).stream()
                    .filter(policy ->
                            labels.entrySet().containsAll(policy.selector().entrySet()))
                    .forEach(policies::add);
        }
        policies.sort(Age.OLDEST_FIRST);
        return policies;
    }

    private Set<String> scopes(String namespace) {
        return new TreeSet<>(List.of(namespace, settings().rootNamespace()).stream()
                .distinct()
                .toList());
    }

    /** The identities that a caller of a service accepts: of the accounts of its endpoints, and those written. Sorted. */
    public List<String> subjectAltNames(MeshService service) {
        return subjectAltNames.read(service.host());
    }

    /** By the Sidecar that selects a workload, else that of its namespace, else that of the root namespace; of several the oldest. */
    public SidecarView sidecarView(String namespace, Map<String, String> labels) {
        List<Sidecar> own = index.sidecars.read(namespace);
        Optional<Sidecar> found = own.stream()
                .filter(sidecar -> !sidecar.selector().isEmpty()
                        && labels.entrySet().containsAll(sidecar.selector().entrySet()))
                .findFirst()
                .or(() -> own.stream()
                        .filter(sidecar -> sidecar.selector().isEmpty())
                        .findFirst())
                .or(() -> index.sidecars.read(settings().rootNamespace()).stream()
                        .filter(sidecar -> sidecar.selector().isEmpty())
                        .findFirst());
        return SidecarView.of(namespace, found);
    }

    /** The oldest first. */
    public List<Gateway> gateways() {
        return index.gateways.read(ConfigIndex.ALL);
    }

    /** The VirtualServices that name a gateway, {@code <namespace>/<name>}, and that its workload's namespace sees; the oldest first. */
    public List<VirtualService> virtualServicesOf(String gateway, String viewer) {
        return visible(index.gatewayVirtualServices.read(gateway), viewer);
    }

    public Optional<TlsSecret> secret(String namespace, String name) {
        return index.secrets.read(namespace + "/" + name).stream().findFirst();
    }

    public Optional<WorkloadGroup> workloadGroup(String namespace, String name) {
        return index.workloadGroups.read(namespace + "/" + name).stream().findFirst();
    }

    /** The workload that a client is, if the control service knows it, and where it runs as far as that is known. */
    public Optional<Workload> workloadOf(Proxy proxy) {
        String name = proxy.workloadEntry().orElse(proxy.name());
        return index.workloads.read(proxy.namespace() + "/" + name).stream()
                .findFirst()
                .map(workload -> Endpoints.located(index, workload));
    }

    /** A port on which a workload serves, and the service that leads there. */
    public record Inbound(int port, Protocol protocol, MeshService service, int servicePort) {}

    /** The ports of a workload that services lead to, one service for each, in the order of hosts and ports. */
    public List<Inbound> inboundOf(Workload workload) {
        return inbound.of(workload);
    }

    private Optional<MeshService> findService(String host) {
        List<KubernetesService> kubernetes = index.kubernetesServices.read(host);
        if (!kubernetes.isEmpty()) {
            return Optional.of(Services.of(kubernetes.get(0), settings()));
        }
        return index.serviceEntries.read(host).stream().findFirst().map(entry -> Services.of(entry, host, settings()));
    }

    private List<String> allHosts() {
        Hosts.Names names = new Hosts.Names(base.clusterDomain());
        Set<String> all = new TreeSet<>();
        for (Resource resource : index.allServices.read(ConfigIndex.ALL)) {
            if (resource instanceof KubernetesService service) {
                all.add(names.of(service));
            } else if (resource instanceof ServiceEntry entry) {
                all.addAll(entry.hosts());
            }
        }
        return List.copyOf(all);
    }

    private List<MeshService> findVisible(String viewer) {
        return hosts.read(ConfigIndex.ALL).stream()
                .flatMap(host -> services.read(host).stream())
                .filter(service -> service.visibleFrom(viewer))
                .toList();
    }

    private List<String> findVirtualHosts(String viewer) {
        Hosts.Names names = new Hosts.Names(base.clusterDomain());
        return visibleVirtualServices.read(viewer).stream()
                .flatMap(virtual -> virtual.hosts().stream()
                        .map(host -> names.qualified(host, virtual.meta().namespace())))
                .distinct()
                .toList();
    }

    private List<VirtualService> visible(List<VirtualService> all, String viewer) {
        List<String> otherwise = settings().exports().virtualServices();
        return all.stream()
                .filter(virtual -> Visibility.allows(
                        virtual.exportTo(), otherwise, virtual.meta().namespace(), viewer))
                .toList();
    }

    private List<String> accounts(String host) {
        Set<String> names = new TreeSet<>(
                services.read(host).map(MeshService::subjectAltNames).orElse(List.of()));
        endpoints.read(host).values().stream()
                .flatMap(List::stream)
                .map(MeshEndpoint::workload)
                .filter(workload -> !workload.serviceAccount().isEmpty())
                .forEach(workload -> settings()
                        .trustDomains()
                        .forEach(domain -> names.add("spiffe://" + domain + "/ns/" + workload.namespace() + "/sa/"
                                + workload.serviceAccount())));
        return List.copyOf(names);
    }
}
