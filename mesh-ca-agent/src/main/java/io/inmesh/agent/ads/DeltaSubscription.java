package io.inmesh.agent.ads;

import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryResponse;
import io.inmesh.xds.envoy.Rpc;
import io.inmesh.xds.wire.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one type's conversation on a delta stream has come to: the names that the control service knows us to want. Not thread-safe.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol#incremental-xds">Incremental xDS</a>
 */
final class DeltaSubscription {

    private static final int INVALID_ARGUMENT = 3;
    private static final int LONGEST_REASON = 4_096;

    private final DemandType type;
    private Set<String> names = Set.of();

    DeltaSubscription(DemandType type) {
        this.type = type;
    }

    DemandType type() {
        return type;
    }

    /** Asks for everything; what is there already need not come again. */
    Message first(Map<String, String> known) {
        return request().with(DeltaDiscoveryRequest.INITIAL_RESOURCE_VERSIONS, known);
    }

    /** On a new stream: asks again for all names, if there are any. */
    Optional<Message> reconnect(Map<String, String> known) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(first(known).with(DeltaDiscoveryRequest.RESOURCE_NAMES_SUBSCRIBE, List.copyOf(names)));
    }

    /** Takes other names; what to say about it, if they are others. */
    Optional<Message> ask(Set<String> wanted) {
        if (names.equals(wanted)) {
            return Optional.empty();
        }
        Set<String> added = new TreeSet<>(wanted);
        added.removeAll(names);
        Set<String> dropped = new TreeSet<>(names);
        dropped.removeAll(wanted);
        names = new TreeSet<>(wanted);
        return Optional.of(request()
                .with(DeltaDiscoveryRequest.RESOURCE_NAMES_SUBSCRIBE, List.copyOf(added))
                .with(DeltaDiscoveryRequest.RESOURCE_NAMES_UNSUBSCRIBE, List.copyOf(dropped)));
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** Asks for a name that was asked for before. */
    Message again(String name) {
        return request().with(DeltaDiscoveryRequest.RESOURCE_NAMES_SUBSCRIBE, List.of(name));
    }

    /** Acknowledges a response, or refuses it if there is a reason. */
    Message answer(Message response, String reason) {
        Message answer =
                request().with(DeltaDiscoveryRequest.RESPONSE_NONCE, response.get(DeltaDiscoveryResponse.NONCE));
        if (reason.isEmpty()) {
            return answer;
        }
        String told = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        return answer.with(
                DeltaDiscoveryRequest.ERROR_DETAIL,
                Message.of(Rpc.Status.TYPE)
                        .with(Rpc.Status.CODE, INVALID_ARGUMENT)
                        .with(Rpc.Status.MESSAGE, told));
    }

    private Message request() {
        return Message.of(DeltaDiscoveryRequest.TYPE).with(DeltaDiscoveryRequest.TYPE_URL, type.typeUrl());
    }
}
