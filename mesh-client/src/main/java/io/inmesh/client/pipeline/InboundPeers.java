package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.spi.Workload;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.PeerCertificate;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, for reports only. Principal and namespace are what the certificate proves; the rest is what a peer with a certificate says of
 * itself in {@code x-envoy-peer-metadata}, as Istio's proxies do, and goes no further than labels. Thread-safe.
 */
final class InboundPeers {

    private static final String METADATA = "x-envoy-peer-metadata";
    private static final String NAMESPACE = "/ns/";
    private static final int LONGEST_HEADER = 16_384;
    private static final int LONGEST_LABEL = 256;
    private static final int MOST_KNOWN = 1_000;

    private final Map<String, Workload> known = new ConcurrentHashMap<>();

    Workload of(InboundConnection connection, MeshRequest request) {
        PeerCertificate peer = connection.peer();
        Optional<SpiffeId> id = peer == null ? Optional.empty() : peer.id();
        if (id.isEmpty()) {
            return Workload.UNKNOWN;
        }
        Workload said = said(request.header(METADATA));
        return new Workload(
                said.name(),
                namespace(id.get().path()),
                said.app(),
                said.version(),
                said.canonicalService(),
                said.canonicalRevision(),
                said.cluster(),
                id.get().uri());
    }

    /** A peer says the same with every request: it is read once. */
    private Workload said(@Nullable String header) {
        if (header == null || header.length() > LONGEST_HEADER) {
            return Workload.UNKNOWN;
        }
        Workload read = known.get(header);
        if (read == null) {
            read = read(header);
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            known.put(header, read);
        }
        return read;
    }

    private static Workload read(String header) {
        try {
            Message metadata = Message.parse(Struct.TYPE, Base64.getDecoder().decode(header));
            Message labels = field(metadata, "LABELS", Struct.Value.STRUCT_VALUE, Message.of(Struct.TYPE));
            return new Workload(
                    text(metadata, "WORKLOAD_NAME"),
                    "",
                    text(labels, "app"),
                    text(labels, "version"),
                    text(labels, "service.istio.io/canonical-name"),
                    text(labels, "service.istio.io/canonical-revision"),
                    text(metadata, "CLUSTER_ID"),
                    "");
        } catch (IllegalArgumentException | MalformedMessageException nonsense) {
            return Workload.UNKNOWN;
        }
    }

    private static String text(Message struct, String name) {
        String text = field(struct, name, Struct.Value.STRING_VALUE, "");
        boolean plain = text.length() <= LONGEST_LABEL && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return plain ? text : "";
    }

    private static <V> V field(Message struct, String name, Field<V> kind, V otherwise) {
        Message value = struct.get(Struct.FIELDS).get(name);
        return value == null || !value.has(kind) ? otherwise : value.get(kind);
    }

    private static String namespace(String path) {
        if (!path.startsWith(NAMESPACE)) {
            return "";
        }
        int end = path.indexOf('/', NAMESPACE.length());
        return end < 0 ? path.substring(NAMESPACE.length()) : path.substring(NAMESPACE.length(), end);
    }
}
