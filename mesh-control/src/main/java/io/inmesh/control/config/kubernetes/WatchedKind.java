package io.inmesh.control.config.kubernetes;

import java.util.List;
import java.util.Optional;

/**
 * A kind of object that is watched.
 *
 * @param versions that can be read, the preferred one first
 * @param plural the name of the resource in the API's paths
 */
record WatchedKind(String group, List<String> versions, String kind, String plural, boolean namespaced) {

    private static final List<String> ISTIO = List.of("v1", "v1beta1", "v1alpha3");
    private static final String NETWORKING = "networking.istio.io";
    private static final String SECURITY = "security.istio.io";

    /** In the order in which they are listed: what others refer to comes first. */
    static final List<WatchedKind> ALL = List.of(
            new WatchedKind("", List.of("v1"), "Namespace", "namespaces", false),
            new WatchedKind("", List.of("v1"), "ServiceAccount", "serviceaccounts", true),
            new WatchedKind("", List.of("v1"), "Service", "services", true),
            new WatchedKind("", List.of("v1"), "Node", "nodes", false),
            new WatchedKind("", List.of("v1"), "Pod", "pods", true),
            new WatchedKind("discovery.k8s.io", List.of("v1"), "EndpointSlice", "endpointslices", true),
            new WatchedKind(NETWORKING, ISTIO, "Gateway", "gateways", true),
            new WatchedKind(NETWORKING, ISTIO, "Sidecar", "sidecars", true),
            new WatchedKind(NETWORKING, ISTIO, "VirtualService", "virtualservices", true),
            new WatchedKind(NETWORKING, ISTIO, "DestinationRule", "destinationrules", true),
            new WatchedKind(NETWORKING, ISTIO, "ServiceEntry", "serviceentries", true),
            new WatchedKind(NETWORKING, ISTIO, "WorkloadEntry", "workloadentries", true),
            new WatchedKind(NETWORKING, ISTIO, "WorkloadGroup", "workloadgroups", true),
            new WatchedKind(SECURITY, ISTIO, "PeerAuthentication", "peerauthentications", true),
            new WatchedKind(SECURITY, ISTIO, "AuthorizationPolicy", "authorizationpolicies", true),
            new WatchedKind(SECURITY, ISTIO, "RequestAuthentication", "requestauthentications", true));

    /** Only single ones are watched: what others hold is nobody's business here. */
    static final WatchedKind CONFIG_MAP = new WatchedKind("", List.of("v1"), "ConfigMap", "configmaps", true);

    static final WatchedKind SECRET = new WatchedKind("", List.of("v1"), "Secret", "secrets", true);

    static final WatchedKind LEASE = new WatchedKind("coordination.k8s.io", List.of("v1"), "Lease", "leases", true);

    /** The kind of Istio's of that name. */
    static Optional<WatchedKind> ofIstio(String kind) {
        return ALL.stream()
                .filter(each -> each.group().endsWith("istio.io") && each.kind().equals(kind))
                .findFirst();
    }

    String apiVersion(String version) {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As people write it, such as {@code virtualservices.networking.istio.io}. */
    String title() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
