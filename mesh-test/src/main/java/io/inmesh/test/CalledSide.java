package io.inmesh.test;

import io.inmesh.api.http.LocalReply;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.PeerCertificate;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.compile.InboundCompiler;
import io.inmesh.client.pipeline.InboundDecision;
import io.inmesh.client.pipeline.InboundOpening;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.control.app.OfflineControl;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.KubernetesService;
import io.inmesh.control.config.Pod;
import io.inmesh.xds.state.XdsResources;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** The called side: the real inbound pipeline of the workload behind a service. */
final class CalledSide {

    private static final String CLOSED = "the connection is closed: ";

    private final OfflineControl control;
    private final List<ConfigSnapshot> config;
    private final String namespace;
    private final MeshClock clock;
    private final Map<String, InboundPipeline> pipelines = new HashMap<>();

    CalledSide(OfflineControl control, List<ConfigSnapshot> config, String namespace, MeshClock clock) {
        this.control = control;
        this.config = config;
        this.namespace = namespace;
        this.clock = clock;
    }

    Optional<LocalReply> turnsAway(MeshCall call) {
        KubernetesService service = service(call.host());
        Pod pod = pod(service);
        InboundPipeline pipeline = pipelines.computeIfAbsent(
                pod.meta().namespace() + "/" + pod.meta().name(), key -> pipeline(pod));
        InboundConnection connection = connection(call, port(service));
        boolean encrypted = !call.account().isEmpty();
        InboundOpening opening = pipeline.open(connection);
        if (opening instanceof InboundOpening.Refused refused) {
            return Optional.of(closed(refused.reason()));
        }
        if (encrypted != opening instanceof InboundOpening.Tls) {
            return Optional.of(closed("it is not what the port expects"));
        }
        InboundDecision decision = pipeline.decide(connection, call);
        if (decision instanceof InboundDecision.Reply reply) {
            return Optional.of(reply.reply());
        }
        return decision instanceof InboundDecision.Close close ? Optional.of(closed(close.reason())) : Optional.empty();
    }

    /** Status 0, which no answer has. */
    private static LocalReply closed(String reason) {
        return new LocalReply(0, List.of(), CLOSED + reason, null, "connection_closed");
    }

    private InboundPipeline pipeline(Pod pod) {
        XdsResources resources = control.resources(control.workload(
                pod.meta().namespace(), pod.meta().name(), pod.meta().labels()));
        InboundHolder holder = new InboundHolder();
        holder.publish(InboundCompiler.compile(resources.listeners().byName().values(), clock, KeySources.NONE)
                .snapshot());
        return new InboundPipeline(holder, settings -> engine(), null, clock);
    }

    private KubernetesService service(String host) {
        String[] parts = host.split("\\.", -1);
        String in = parts.length > 1 ? parts[1] : namespace;
        return config.stream()
                .flatMap(one -> one.of(KubernetesService.class).stream())
                .filter(service -> service.meta().name().equals(parts[0])
                        && service.meta().namespace().equals(in))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no service " + host + " in namespace " + in));
    }

    private Pod pod(KubernetesService service) {
        return config.stream()
                .flatMap(one -> one.of(Pod.class).stream())
                .filter(pod -> pod.meta().namespace().equals(service.meta().namespace())
                        && pod.meta()
                                .labels()
                                .entrySet()
                                .containsAll(service.selector().entrySet()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No Pod is behind " + service.meta().name() + "; describe the service by service(\""
                                + service.meta().name() + ":port v1\")"));
    }

    private static int port(KubernetesService service) {
        return service.ports().get(0).number();
    }

    private InboundConnection connection(MeshCall call, int port) {
        InetSocketAddress local = new InetSocketAddress("10.1.0.1", port);
        InetSocketAddress remote = new InetSocketAddress("10.255.0.1", 40_000);
        if (call.account().isEmpty()) {
            return InboundConnection.plaintext(local, remote, List.of("http/1.1"));
        }
        String identity = call.account().contains("://")
                ? call.account()
                : "spiffe://cluster.local/ns/" + namespace + "/sa/" + call.account();
        return InboundConnection.tls(
                        local,
                        remote,
                        "outbound_." + port + "_._." + call.host(),
                        List.of("istio-http/1.1", "istio", "http/1.1"))
                .withPeer(
                        new PeerCertificate(List.of(identity), List.of(), "", "00"),
                        "spiffe://cluster.local/ns/" + namespace + "/sa/" + call.host());
    }

    private static Optional<SSLEngine> engine() {
        try {
            return Optional.of(SSLContext.getDefault().createSSLEngine());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
