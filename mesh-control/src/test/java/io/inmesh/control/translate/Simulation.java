package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.PeerCertificate;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.InboundCompiler;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.client.pipeline.InboundDecision;
import io.inmesh.client.pipeline.InboundOpening;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.KeyAddress;
import io.inmesh.control.push.EncodedResource;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Message;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** The client's own compiled tables over what was translated: says where a call lands and what becomes of one that comes in. */
final class Simulation {

    private final OutboundPipeline outbound;
    private final InboundPipeline inbound;

    private Simulation(XdsResources resources) {
        assertThat(resources.complete()).isTrue();
        FakeClock clock = new FakeClock();
        SplittableRandom chance = new SplittableRandom(7);
        HostRegistry registry = new HostRegistry(clock, chance);
        Compilation compilation = new OutboundCompiler(registry, chance).compile(resources, Compilation.nothing());
        assertThat(compilation.rejections()).isEmpty();
        SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
        snapshots.publish(compilation.snapshot());
        outbound = new OutboundPipeline(snapshots, clock, chance, null);
        InboundHolder holder = new InboundHolder();
        holder.publish(
                InboundCompiler.compile(resources.listeners().byName().values(), MeshClock.system(), KeySources.NONE)
                        .snapshot());
        inbound = new InboundPipeline(holder, settings -> engine(), null, clock);
    }

    /** A client of a namespace, known by its name. */
    static Proxy proxy(String namespace, String name, Map<String, String> labels) {
        return new Proxy(
                "sidecar~10.0.0.9~" + name + "." + namespace + "~" + namespace + ".svc.cluster.local",
                name,
                namespace,
                "default",
                labels,
                List.of("10.0.0.9"),
                namespace + ".svc.cluster.local",
                false,
                Optional.empty());
    }

    static Simulation of(ConfigSnapshot config, Proxy proxy) {
        return new Simulation(resources(config, MeshSettings.DEFAULT, proxy));
    }

    static Simulation of(ConfigSnapshot config, MeshSettings settings, Proxy proxy) {
        return new Simulation(resources(config, settings, proxy));
    }

    static Simulation of(ConfigSnapshot config, Map<KeyAddress, String> keys, Proxy proxy) {
        return new Simulation(resources(config, MeshSettings.DEFAULT, keys, proxy));
    }

    static Simulation of(XdsResources resources) {
        return new Simulation(resources);
    }

    /** Through bytes, as a client gets them; nothing may be refused. */
    static XdsResources resources(ConfigSnapshot config, MeshSettings settings, Proxy proxy) {
        return resources(config, settings, Map.of(), proxy);
    }

    private static XdsResources resources(
            ConfigSnapshot config, MeshSettings settings, Map<KeyAddress, String> keys, Proxy proxy) {
        Hub hub = new Hub(settings, new FakeClock(), Runnable::run);
        hub.push(context -> {
            context.replace(config.resources());
            context.keys(keys);
        });
        ResourceCache cache = new ResourceCache();
        hub.resourcesFor(proxy).forEach((type, resources) -> {
            if (type != XdsType.VHDS && type != XdsType.SDS) {
                Message response = Message.of(DiscoveryResponse.TYPE)
                        .with(DiscoveryResponse.TYPE_URL, type.url())
                        .with(DiscoveryResponse.VERSION_INFO, "1")
                        .with(
                                DiscoveryResponse.RESOURCES,
                                resources.stream()
                                        .map(EncodedResource::toMessage)
                                        .toList());
                assertThat(cache.apply(response).rejections()).isEmpty();
            }
        });
        return cache.resources();
    }

    /** What would become of a GET; headers as {@code name: value}. */
    Explanation get(String authority, String path, String... headers) {
        return outbound.explain(request("GET", authority, path, headers));
    }

    Explanation explain(MeshRequest request) {
        return outbound.explain(request);
    }

    /** The clusters of a GET with their weights, as {@code cluster weight}. */
    List<String> clusters(String authority, String path, String... headers) {
        return get(authority, path, headers).clusters().stream()
                .map(destination -> destination.cluster() + " " + destination.weight())
                .toList();
    }

    /** {@code plaintext}, {@code tls} or {@code refused}. */
    String open(InboundConnection connection) {
        InboundOpening opening = inbound.open(connection);
        return opening instanceof InboundOpening.Plaintext
                ? "plaintext"
                : opening instanceof InboundOpening.Tls ? "tls" : "refused";
    }

    /** The status of the answer, 200 if the request goes on, 0 if the connection is closed. */
    int decide(InboundConnection connection, MeshRequest request) {
        InboundDecision decision = inbound.decide(connection, request);
        if (decision instanceof InboundDecision.Proceed) {
            return 200;
        }
        return decision instanceof InboundDecision.Reply reply ? reply.reply().status() : 0;
    }

    /** What policies that decide nothing said: kind, policy, whether it would have passed. */
    List<String> reports(InboundConnection connection, String method, String path) {
        InboundDecision decision = inbound.decide(connection, request(method, "httpbin", path));
        return ((InboundDecision.Proceed) decision)
                .reports().stream()
                        .map(report -> report.kind() + " " + report.policy() + " " + report.allowed())
                        .toList();
    }

    static InboundConnection plaintext(int port) {
        return InboundConnection.plaintext(
                new InetSocketAddress("10.0.0.1", port),
                new InetSocketAddress("10.244.0.9", 40_000),
                List.of("http/1.1"));
    }

    static InboundConnection tls(int port, String... alpn) {
        return InboundConnection.tls(
                new InetSocketAddress("10.0.0.1", port),
                new InetSocketAddress("10.244.0.9", 40_000),
                "outbound_.8000_._.httpbin.default.svc.cluster.local",
                List.of(alpn));
    }

    static InboundConnection mutual(int port, String identity) {
        return tls(port, "istio-http/1.1", "istio", "http/1.1")
                .withPeer(
                        new PeerCertificate(List.of(identity), List.of(), "O=\"x\"", "00ff"),
                        "spiffe://cluster.local/ns/default/sa/httpbin");
    }

    static MeshRequest request(String method, String authority, String path, String... headers) {
        return new MeshRequest() {
            @Override
            public String method() {
                return method;
            }

            @Override
            public String scheme() {
                return "http";
            }

            @Override
            public String authority() {
                return authority;
            }

            @Override
            public String path() {
                return path;
            }

            @Override
            public String header(String name) {
                List<String> values = headerValues(name);
                return values.isEmpty() ? null : String.join(",", values);
            }

            @Override
            public List<String> headerValues(String name) {
                return Arrays.stream(headers)
                        .filter(header -> header.startsWith(name + ":"))
                        .map(header -> header.substring(name.length() + 1).strip())
                        .toList();
            }
        };
    }

    private static Optional<SSLEngine> engine() {
        try {
            return Optional.of(SSLContext.getDefault().createSSLEngine());
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException(none);
        }
    }
}
