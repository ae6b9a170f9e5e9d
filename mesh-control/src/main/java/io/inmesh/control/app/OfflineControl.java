package io.inmesh.control.app;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.MeshConfig;
import io.inmesh.control.config.Meta;
import io.inmesh.control.config.Pod;
import io.inmesh.control.push.EncodedResource;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.xds.decode.Rejection;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Message;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a control service would send, from resources that lie before it and without a port: for commands and for tests of policies. The same
 * translation that serves workloads. Thread-safe.
 */
public final class OfflineControl {

    /** What a client of ours asks for; secrets and single virtual hosts are for others. */
    private static final Set<XdsType> ASKED = EnumSet.of(XdsType.CDS, XdsType.EDS, XdsType.LDS, XdsType.RDS);

    private static final String NO_ADDRESS = "192.0.2.1";

    private final ConfigSnapshot config;
    private final MeshSettings settings;
    private final Hub hub;

    private OfflineControl(ConfigSnapshot config, MeshSettings settings, MeshClock clock) {
        this.config = config;
        this.settings = settings;
        this.hub = new Hub(settings, clock, Runnable::run);
        hub.push(context -> context.replace(config.resources()));
    }

    /** With Istio's defaults for the mesh. */
    public static OfflineControl of(ConfigSnapshot config) {
        return of(List.of(config), MeshClock.system());
    }

    /** Of several texts together, with Istio's defaults for the mesh. */
    public static OfflineControl of(List<ConfigSnapshot> parts, MeshClock clock) {
        ConfigSnapshot config = new ConfigSnapshot(
                parts.stream().flatMap(part -> part.resources().stream()).toList(),
                parts.stream().flatMap(part -> part.problems().stream()).toList(),
                parts.stream().allMatch(ConfigSnapshot::complete));
        MeshSettings defaults = MeshSettings.DEFAULT;
        return new OfflineControl(config, defaults.startingWith(defaults.chosen(config.of(MeshConfig.class))), clock);
    }

    /**
     * A workload by name: a pod of that name, one of a Deployment of that name, or one with the label {@code app}. Without such a
     * pod it is one that has just that label.
     */
    public Proxy workload(String namespace, String name) {
        Optional<Pod> pod = config.of(Pod.class).stream()
                .filter(candidate -> candidate.meta().namespace().equals(namespace))
                .filter(candidate -> isNamed(candidate, name))
                .findFirst();
        Meta meta = pod.map(Pod::meta).orElse(null);
        return proxy(
                namespace,
                meta == null ? name : meta.name(),
                pod.map(Pod::serviceAccount)
                        .filter(account -> !account.isEmpty())
                        .orElse("default"),
                meta == null ? Map.of("app", name) : meta.labels(),
                pod.map(Pod::address).filter(ip -> !ip.isEmpty()).orElse(NO_ADDRESS));
    }

    /** A workload with these labels, whether or not there is such a pod. */
    public Proxy workload(String namespace, String name, Map<String, String> labels) {
        return proxy(namespace, name, "default", labels, NO_ADDRESS);
    }

    private Proxy proxy(String namespace, String name, String account, Map<String, String> labels, String address) {
        String domain = namespace + ".svc." + settings.clusterDomain();
        return new Proxy(
                "sidecar~" + address + "~" + name + "." + namespace + "~" + domain,
                name,
                namespace,
                account,
                labels,
                List.of(address),
                domain,
                false,
                Optional.empty());
    }

    /** The DiscoveryResponses that a workload would get, by the name of their type, such as {@code Cluster}. */
    public Map<String, Message> responses(Proxy workload) {
        return hub.resourcesFor(workload).entrySet().stream()
                .filter(entry -> ASKED.contains(entry.getKey()))
                .collect(Collectors.toMap(
                        entry -> entry.getKey()
                                .url()
                                .substring(entry.getKey().url().lastIndexOf('.') + 1),
                        entry -> Message.of(DiscoveryResponse.TYPE)
                                .with(DiscoveryResponse.TYPE_URL, entry.getKey().url())
                                .with(DiscoveryResponse.VERSION_INFO, "1")
                                .with(
                                        DiscoveryResponse.RESOURCES,
                                        entry.getValue().stream()
                                                .map(EncodedResource::toMessage)
                                                .toList()),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    /**
     * The same as a client holds them, through the bytes that it would read.
     *
     * @throws IllegalStateException if a client would refuse something
     */
    public XdsResources resources(Proxy workload) {
        ResourceCache cache = new ResourceCache();
        for (Message response : responses(workload).values()) {
            List<Rejection> refused = cache.apply(response).rejections();
            if (!refused.isEmpty()) {
                throw new IllegalStateException("A client would refuse " + refused);
            }
        }
        return cache.resources();
    }

    private static boolean isNamed(Pod pod, String name) {
        return pod.meta().name().equals(name)
                || pod.workload().equals(name)
                || name.equals(pod.meta().labels().get("app"));
    }
}
