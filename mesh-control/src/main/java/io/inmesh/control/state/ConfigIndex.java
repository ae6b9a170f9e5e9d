package io.inmesh.control.state;

import io.inmesh.control.config.AuthorizationPolicy;
import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.config.EndpointSlice;
import io.inmesh.control.config.Gateway;
import io.inmesh.control.config.KubernetesNode;
import io.inmesh.control.config.KubernetesService;
import io.inmesh.control.config.MeshConfig;
import io.inmesh.control.config.PeerAuthentication;
import io.inmesh.control.config.Pod;
import io.inmesh.control.config.RequestAuthentication;
import io.inmesh.control.config.Resource;
import io.inmesh.control.config.ServiceEntry;
import io.inmesh.control.config.Sidecar;
import io.inmesh.control.config.TlsSecret;
import io.inmesh.control.config.VirtualService;
import io.inmesh.control.config.WorkloadEntry;
import io.inmesh.control.config.WorkloadGroup;
import io.inmesh.control.state.graph.Graph;
import io.inmesh.control.state.graph.Group;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every resource under the keys by which it is looked up, so that a change touches only what looked there. Used by one thread at a time.
 */
final class ConfigIndex {

    /** The one key of groups that hold all. */
    static final String ALL = "";

    private static final Comparator<Workload> WORKLOADS = Comparator.comparing(Workload::pod)
            .reversed()
            .thenComparing(Workload::namespace)
            .thenComparing(Workload::name);

    private final Graph graph;
    private final Map<Class<? extends Resource>, List<Group<?, ? extends Resource>>> byType = new LinkedHashMap<>();
    private final Map<String, Resource> written = new LinkedHashMap<>();
    private final Map<String, Resource> present = new HashMap<>();
    private final DiscoveryFilter filter;
    private Map<String, WorkloadEntry> registered = Map.of();

    /** By host. */
    final Group<String, KubernetesService> kubernetesServices;

    /** By host. */
    final Group<String, ServiceEntry> serviceEntries;

    final Group<String, KubernetesService> addresses;
    final Group<String, ServiceEntry> entryAddresses;
    final Group<String, Resource> allServices;
    final Group<String, KubernetesService> selectingServices;
    final Group<String, ServiceEntry> selectingEntries;

    /** By namespace and service. */
    final Group<String, EndpointSlice> slices;

    /** By namespace and pod. */
    final Group<String, EndpointSlice> slicesOfPod;

    /** By namespace and name. */
    final Group<String, Workload> workloads;

    final Group<String, KubernetesNode> nodes;

    final Group<String, MeshConfig> meshConfigs;

    /** By namespace and name. */
    final Group<String, WorkloadGroup> workloadGroups;

    /** By namespace and each label. */
    final Group<String, Workload> labelledWorkloads;

    final Group<String, Workload> allWorkloads;

    /** By each host that is no wildcard. */
    final Group<String, VirtualService> virtualServices;

    final Group<String, VirtualService> wildcardVirtualServices;
    final Group<String, VirtualService> allVirtualServices;
    final Group<String, VirtualService> labelledVirtualServices;

    /** Those without hosts, by namespace and name. */
    final Group<String, VirtualService> delegates;
    /** Those for which it matters where a caller runs. */
    final Group<String, DestinationRule> placedRules;

    /** By namespace. */
    final Group<String, Sidecar> sidecars;

    final Group<String, Gateway> gateways;

    /** By namespace and name. */
    final Group<String, TlsSecret> secrets;

    /** By namespace and name of each gateway that is no sidecar. */
    final Group<String, VirtualService> gatewayVirtualServices;

    /** By namespace and host. */
    final Group<String, DestinationRule> destinationRules;

    /** By namespace, with hosts that are wildcards. */
    final Group<String, DestinationRule> wildcardRules;

    final Group<String, PeerAuthentication> peerAuthentications;
    final Group<String, AuthorizationPolicy> authorizationPolicies;
    final Group<String, RequestAuthentication> requestAuthentications;

    ConfigIndex(Graph graph, MeshSettings settings) {
        this.graph = graph;
        this.filter = new DiscoveryFilter(settings);
        Hosts.Names names = new Hosts.Names(settings.clusterDomain());
        kubernetesServices = of(KubernetesService.class, service -> List.of(names.of(service)));
        serviceEntries = of(ServiceEntry.class, ServiceEntry::hosts);
        addresses = of(KubernetesService.class, KubernetesService::addresses);
        entryAddresses = of(ServiceEntry.class, ServiceEntry::addresses);
        selectingServices =
                of(KubernetesService.class, service -> Labels.key(service.meta().namespace(), service.selector()));
        selectingEntries =
                of(ServiceEntry.class, entry -> Labels.key(entry.meta().namespace(), entry.workloadSelector()));
        slices = of(EndpointSlice.class, slice -> List.of(slice.meta().namespace() + "/" + slice.service()));
        slicesOfPod = of(EndpointSlice.class, slice -> slice.endpoints().stream()
                .flatMap(endpoint -> endpoint.pod().stream())
                .map(pod -> slice.meta().namespace() + "/" + pod)
                .toList());
        virtualServices = of(VirtualService.class, virtual -> hosts(virtual, names, false));
        wildcardVirtualServices =
                of(VirtualService.class, virtual -> hosts(virtual, names, true).isEmpty() ? List.of() : List.of(ALL));
        allVirtualServices = of(VirtualService.class, virtual -> virtual.forMesh() ? List.of(ALL) : List.of());
        labelledVirtualServices = of(
                VirtualService.class,
                virtual -> (virtual.forMesh() || virtual.hosts().isEmpty()) && asksForLabels(virtual)
                        ? List.of(ALL)
                        : List.of());
        delegates = of(
                VirtualService.class,
                virtual -> virtual.hosts().isEmpty()
                        ? List.of(virtual.meta().namespace() + "/"
                                + virtual.meta().name())
                        : List.of());
        placedRules = of(DestinationRule.class, rule -> rule.looksAtPlaces() ? List.of(ALL) : List.of());
        destinationRules = of(DestinationRule.class, rule -> wildcard(rule) ? List.of() : List.of(key(rule, names)));
        wildcardRules = of(
                DestinationRule.class,
                rule -> wildcard(rule) ? List.of(rule.meta().namespace()) : List.of());
        peerAuthentications =
                of(PeerAuthentication.class, policy -> List.of(policy.meta().namespace()));
        authorizationPolicies = of(
                AuthorizationPolicy.class,
                policy -> policy.elsewhere() ? List.of() : List.of(policy.meta().namespace()));
        requestAuthentications = of(
                RequestAuthentication.class,
                policy -> policy.elsewhere() ? List.of() : List.of(policy.meta().namespace()));
        sidecars = of(Sidecar.class, sidecar -> List.of(sidecar.meta().namespace()));
        gateways = of(Gateway.class, gateway -> List.of(ALL));
        secrets = of(
                TlsSecret.class,
                secret ->
                        List.of(secret.meta().namespace() + "/" + secret.meta().name()));
        gatewayVirtualServices = of(VirtualService.class, ConfigIndex::gatewaysOf);
        meshConfigs = of(MeshConfig.class, config -> List.of(ALL));
        nodes = of(KubernetesNode.class, node -> List.of(node.meta().name()));
        workloadGroups = of(
                WorkloadGroup.class,
                group -> List.of(group.meta().namespace() + "/" + group.meta().name()));
        allServices = new Group<>(graph, service -> List.of(ALL), Age.OLDEST_FIRST.thenComparing(r -> r.meta()
                .kind()));
        workloads = new Group<>(graph, workload -> List.of(workload.namespace() + "/" + workload.name()), WORKLOADS);
        labelledWorkloads = new Group<>(graph, Labels::keys, WORKLOADS);
        allWorkloads = new Group<>(graph, workload -> List.of(ALL), WORKLOADS);
    }

    /** Takes a whole state in the place of the one before. */
    void replace(Collection<? extends Resource> resources) {
        Map<String, Resource> now = new LinkedHashMap<>();
        resources.forEach(resource -> now.put(resource.meta().id(), resource));
        change(now, written.keySet().stream().filter(id -> !now.containsKey(id)).toList());
    }

    /** Takes what is new or changed, by id, and the ids of what is gone. */
    void change(Map<String, ? extends Resource> upserted, Collection<String> gone) {
        written.keySet().removeAll(gone);
        written.putAll(upserted);
        boolean decides = gone.stream().anyMatch(DiscoveryFilter::decides)
                || upserted.keySet().stream().anyMatch(DiscoveryFilter::decides);
        if (decides && filter.look(written.values())) {
            Set<String> all = new LinkedHashSet<>(present.keySet());
            all.addAll(written.keySet());
            all.addAll(registered.keySet());
            all.forEach(this::settle);
        } else {
            gone.forEach(this::settle);
            upserted.keySet().forEach(this::settle);
        }
        publish();
    }

    /** Takes the entries that registered themselves; one that is written, too, has no effect. */
    void register(Collection<WorkloadEntry> entries) {
        Map<String, WorkloadEntry> now = new LinkedHashMap<>();
        entries.forEach(entry -> now.put(entry.meta().id(), entry));
        Set<String> ids = new LinkedHashSet<>(registered.keySet());
        ids.addAll(now.keySet());
        registered = now;
        ids.forEach(this::settle);
        publish();
    }

    private void settle(String id) {
        Resource wanted = written.containsKey(id) ? written.get(id) : registered.get(id);
        if (wanted == null || !filter.shows(wanted)) {
            swap(present.remove(id), null);
        } else {
            swap(present.put(id, wanted), wanted);
        }
    }

    private void swap(@Nullable Resource before, @Nullable Resource now) {
        if (Objects.equals(before, now)) {
            return;
        }
        if (before != null) {
            byType.getOrDefault(before.getClass(), List.of()).forEach(group -> remove(group, before));
            if (isService(before)) {
                allServices.remove(before);
            }
            workload(before, false);
        }
        if (now != null) {
            byType.getOrDefault(now.getClass(), List.of()).forEach(group -> add(group, now));
            if (isService(now)) {
                allServices.add(now);
            }
            workload(now, true);
        }
    }

    private void workload(Resource resource, boolean add) {
        if (resource instanceof Pod || resource instanceof WorkloadEntry) {
            Workload workload = Workloads.of(resource);
            for (Group<String, Workload> group : List.of(workloads, labelledWorkloads, allWorkloads)) {
                if (add) {
                    group.add(workload);
                } else {
                    group.remove(workload);
                }
            }
        }
    }

    private void publish() {
        byType.values().forEach(groups -> groups.forEach(Group::publish));
        List.of(allServices, workloads, labelledWorkloads, allWorkloads).forEach(Group::publish);
    }

    private <R extends Resource> Group<String, R> of(Class<R> type, Function<R, ? extends Collection<String>> keys) {
        Group<String, R> group = new Group<>(graph, keys, Age.OLDEST_FIRST);
        byType.computeIfAbsent(type, unknown -> new ArrayList<>()).add(group);
        return group;
    }

    @SuppressWarnings("unchecked") // byType maps a class to groups of that class
    private static <R extends Resource> void add(Group<?, R> group, Resource member) {
        group.add((R) member);
    }

    @SuppressWarnings("unchecked") // byType maps a class to groups of that class
    private static <R extends Resource> void remove(Group<?, R> group, Resource member) {
        group.remove((R) member);
    }

    private static boolean isService(Resource resource) {
        return resource instanceof KubernetesService || resource instanceof ServiceEntry;
    }

    private static Set<String> hosts(VirtualService virtual, Hosts.Names names, boolean wildcards) {
        return virtual.forMesh() ? names.of(virtual, wildcards) : Set.of();
    }

    private static boolean asksForLabels(VirtualService virtual) {
        return virtual.http().stream().flatMap(http -> http.matches().stream()).anyMatch(match -> !match.sourceLabels()
                .isEmpty());
    }

    private static Set<String> gatewaysOf(VirtualService virtual) {
        return virtual.gateways().stream()
                .filter(gateway -> !gateway.equals("mesh"))
                .map(gateway -> gateway.indexOf('/') < 0 ? virtual.meta().namespace() + "/" + gateway : gateway)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean wildcard(DestinationRule rule) {
        return rule.host().startsWith("*");
    }

    private static String key(DestinationRule rule, Hosts.Names names) {
        return rule.meta().namespace() + "/"
                + names.qualified(rule.host(), rule.meta().namespace());
    }
}
