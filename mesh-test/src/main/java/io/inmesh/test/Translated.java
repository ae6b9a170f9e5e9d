package io.inmesh.test;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.push.EncodedResource;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the control service would send to one workload, as that one receives it. */
final class Translated {

    private final Hub hub;

    Translated(List<ConfigSnapshot> config, MeshClock clock) {
        hub = new Hub(MeshSettings.DEFAULT, clock, Runnable::run);
        hub.push(context -> context.replace(
                config.stream().flatMap(one -> one.resources().stream()).toList()));
    }

    XdsResources of(String namespace, String workload, Map<String, String> labels) {
        ResourceCache cache = new ResourceCache();
        hub.resourcesFor(proxy(namespace, workload, labels)).forEach((type, resources) -> {
            if (type != XdsType.VHDS) {
                apply(cache, type, resources);
            }
        });
        return cache.resources();
    }

    private static void apply(ResourceCache cache, XdsType type, List<EncodedResource> resources) {
        Message response = Message.of(DiscoveryResponse.TYPE)
                .with(DiscoveryResponse.TYPE_URL, type.url())
                .with(DiscoveryResponse.VERSION_INFO, "1")
                .with(
                        DiscoveryResponse.RESOURCES,
                        resources.stream().map(EncodedResource::toMessage).toList());
        if (!cache.apply(response).rejections().isEmpty()) {
            throw new IllegalArgumentException(
                    "The client would refuse: " + cache.apply(response).rejections());
        }
    }

    private static Proxy proxy(String namespace, String name, Map<String, String> labels) {
        String domain = namespace + ".svc.cluster.local";
        return new Proxy(
                "sidecar~10.255.0.1~" + name + "." + namespace + "~" + domain,
                name,
                namespace,
                "default",
                labels,
                List.of("10.255.0.1"),
                domain,
                false,
                Optional.empty());
    }
}
