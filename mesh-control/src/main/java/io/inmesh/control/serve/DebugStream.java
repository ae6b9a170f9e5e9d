package io.inmesh.control.serve;

import io.inmesh.control.push.Answer;
import io.inmesh.control.push.Answer.Opaque;
import io.inmesh.control.push.StreamStatus;
import io.inmesh.control.push.SubscriptionStatus;
import io.inmesh.control.push.XdsType;
import io.inmesh.xds.envoy.ClientStatus.ClientConfig;
import io.inmesh.xds.envoy.ClientStatus.ConfigStatus;
import io.inmesh.xds.envoy.ClientStatus.GenericXdsConfig;
import io.inmesh.xds.envoy.CoreBase.Node;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types {@code istio.io/debug} and {@code istio.io/debug/syncz} of istiod's ADS, by which istioctl looks at a control service: each
 * request is one question. Thread-safe.
 */
final class DebugStream {

    static final String DEBUG = "istio.io/debug";
    private static final String SYNCZ = DEBUG + "/syncz";
    private static final List<XdsType> SHOWN = List.of(XdsType.LDS, XdsType.RDS, XdsType.EDS, XdsType.CDS);

    private final DebugPages pages;
    private final String identifier;

    /** @param name of this control service among its replicas */
    DebugStream(DebugPages pages, String name) {
        this.pages = pages;
        this.identifier = Json.of(
                DebugPages.ordered("Component", "istiod", "ID", name, "Info", DebugPages.ordered("version", "inmesh")));
    }

    static boolean asks(Message request) {
        return request.get(DiscoveryRequest.TYPE_URL).startsWith(DEBUG);
    }

    /**
     * The answer; empty for the acknowledgement of one.
     *
     * @throws IllegalArgumentException if there is no such thing
     */
    Optional<Answer> answer(Message request, DebugViewer viewer, String nonce) {
        if (!request.get(DiscoveryRequest.RESPONSE_NONCE).isEmpty()) {
            return Optional.empty();
        }
        String type = request.get(DiscoveryRequest.TYPE_URL);
        List<String> names = request.get(DiscoveryRequest.RESOURCE_NAMES);
        if (type.equals(SYNCZ)) {
            return Optional.of(Answer.of(type, nonce, identifier, syncz(viewer)));
        }
        if (!type.equals(DEBUG) || names.size() != 1) {
            throw new IllegalArgumentException(DEBUG + " needs the name of one page, of " + pages.names());
        }
        int question = names.get(0).indexOf('?');
        String page = question < 0 ? names.get(0) : names.get(0).substring(0, question);
        Object value = pages.page(page, viewer)
                .orElseThrow(() -> new IllegalArgumentException("'" + page + "' is none of " + pages.names()));
        byte[] json = Json.of(value).getBytes(StandardCharsets.UTF_8);
        return Optional.of(Answer.of(type, nonce, identifier, List.of(new Opaque(DEBUG, json))));
    }

    private List<Opaque> syncz(DebugViewer viewer) {
        List<Opaque> all = new ArrayList<>();
        for (StreamStatus stream : pages.clients(viewer)) {
            Message node = Message.of(Node.TYPE)
                    .with(Node.ID, stream.proxy().id())
                    .with(
                            Node.METADATA,
                            Struct.of(Map.of(
                                    "CLUSTER_ID",
                                    "Kubernetes",
                                    "NAMESPACE",
                                    stream.proxy().namespace())));
            Message client = Message.of(ClientConfig.TYPE)
                    .with(ClientConfig.NODE, node)
                    .with(
                            ClientConfig.GENERIC_XDS_CONFIGS,
                            SHOWN.stream().map(type -> config(type, stream)).toList());
            all.add(new Opaque(ClientConfig.TYPE.typeUrl(), client.toBytes()));
        }
        return all;
    }

    private static Message config(XdsType type, StreamStatus stream) {
        ConfigStatus status = stream.subscriptions().stream()
                .filter(subscription -> subscription.type() == type)
                .findFirst()
                .map(DebugStream::status)
                .orElse(ConfigStatus.NOT_SENT);
        return Message.of(GenericXdsConfig.TYPE)
                .with(GenericXdsConfig.TYPE_URL, type.url())
                .with(GenericXdsConfig.CONFIG_STATUS, status);
    }

    private static ConfigStatus status(SubscriptionStatus subscription) {
        if (!subscription.rejection().isEmpty()) {
            return ConfigStatus.ERROR;
        }
        if (subscription.sent().isEmpty()) {
            return ConfigStatus.NOT_SENT;
        }
        return subscription.acknowledged().equals(subscription.sent()) ? ConfigStatus.SYNCED : ConfigStatus.STALE;
    }
}
