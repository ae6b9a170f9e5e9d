package io.inmesh.agent.ads;

import io.inmesh.xds.envoy.CoreBase;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Who asks for resources: the node of an Istio sidecar. istiod decides by it what it sends.
 *
 * @param name the workload's instance, in Kubernetes the pod
 * @param namespace of the workload
 * @param serviceAccount of the workload
 * @param ip the instance's address
 * @param domain of the cluster, such as {@code cluster.local}
 * @param labels of the instance; they select policies
 * @param locality where it runs
 * @param metadata further keys of Istio's node metadata; they win over the ones made from the other components
 * @see <a href="https://github.com/istio/istio/blob/master/pkg/model/proxy.go">Istio's node metadata</a>
 */
public record Node(
        String name,
        String namespace,
        String serviceAccount,
        String ip,
        String domain,
        Map<String, String> labels,
        Locality locality,
        Map<String, Object> metadata) {

    /** A version that istiod knows the features of. */
    private static final String ISTIO_VERSION = "1.28.0";

    public Node {
        for (String part : new String[] {name, namespace, serviceAccount, ip, domain}) {
            if (part.isEmpty() || part.indexOf('~') >= 0) {
                throw new IllegalArgumentException("a node's id is made of names without '~', not of '" + part + "'");
            }
        }
        labels = Map.copyOf(labels);
        Objects.requireNonNull(locality, "locality");
        metadata = Map.copyOf(metadata);
    }

    /** {@code sidecar~<ip>~<name>.<namespace>~<namespace>.svc.<domain>}. */
    public String id() {
        return "sidecar~" + ip + "~" + name + "." + namespace + "~" + namespace + ".svc." + domain;
    }

    /** The same with one more key of metadata. */
    public Node with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new Node(name, namespace, serviceAccount, ip, domain, labels, locality, more);
    }

    /** The load assignments that the node asks for by itself: its own workload's, where the metadata says so as for an Envoy. */
    Set<String> ownAssignments() {
        boolean wanted = "true".equals(String.valueOf(metadata.get("ENABLE_SELF_DISCOVERY")));
        return wanted ? Set.of(ResourceCache.LOCAL_CLUSTER) : Set.of();
    }

    Message toMessage() {
        String workload = labels.getOrDefault("app", name);
        return Message.of(CoreBase.Node.TYPE)
                .with(CoreBase.Node.ID, id())
                .with(CoreBase.Node.CLUSTER, workload + "." + namespace)
                .with(CoreBase.Node.METADATA, Struct.of(istioMetadata(workload)))
                .with(CoreBase.Node.LOCALITY, locality.isUnknown() ? null : locality.toMessage())
                .with(CoreBase.Node.USER_AGENT_NAME, "inmesh");
    }

    private Map<String, Object> istioMetadata(String workload) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("NAME", name);
        all.put("NAMESPACE", namespace);
        all.put("SERVICE_ACCOUNT", serviceAccount);
        all.put("WORKLOAD_NAME", workload);
        all.put("INSTANCE_IPS", ip);
        all.put("LABELS", labels);
        all.put("CLUSTER_ID", "Kubernetes");
        all.put("MESH_ID", domain);
        all.put("ISTIO_VERSION", ISTIO_VERSION);
        // Tunnels of ambient mesh need a proxy that speaks HBONE.
        all.put("DISABLE_HBONE_SEND", "true");
        all.putAll(metadata);
        return all;
    }

    /**
     * Where an instance runs; empty texts where it is not known.
     *
     * @param region such as {@code eu-west}
     * @param zone such as {@code eu-west-1}
     * @param subZone such as a rack
     */
    public record Locality(String region, String zone, String subZone) {

        /** The control service finds out by itself, or does without. */
        public static final Locality UNKNOWN = new Locality("", "", "");

        boolean isUnknown() {
            return equals(UNKNOWN);
        }

        Message toMessage() {
            return Message.of(CoreBase.Locality.TYPE)
                    .with(CoreBase.Locality.REGION, region)
                    .with(CoreBase.Locality.ZONE, zone)
                    .with(CoreBase.Locality.SUB_ZONE, subZone);
        }
    }
}
