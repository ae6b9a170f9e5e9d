package io.inmesh.agent.ads;

import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.Rpc;
import io.inmesh.xds.wire.Message;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one type's conversation has come to: names asked for, version taken last, nonce heard last. The version outlives a stream, the
 * nonce does not. Not thread-safe.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol">The xDS protocol</a>
 */
final class Subscription {

    private static final int INVALID_ARGUMENT = 3;
    private static final int LONGEST_REASON = 4_096;

    private final ResourceType type;
    private Set<String> names = Set.of();
    private String version = "";
    private String nonce = "";

    Subscription(ResourceType type) {
        this.type = type;
    }

    /** Takes other names; whether there is something to tell. A wildcard type asks for everything and has none. */
    boolean ask(Set<String> wanted) {
        if (type.wildcard() || names.equals(wanted)) {
            return false;
        }
        names = new TreeSet<>(wanted);
        return true;
    }

    /** Whether anything is asked for. */
    boolean isActive() {
        return type.wildcard() || !names.isEmpty();
    }

    /** A version that was taken without a stream, from disk. */
    void restored(String taken) {
        version = taken;
    }

    /** The stream is another: what was heard on the one before is void. */
    void reconnected() {
        nonce = "";
    }

    /** The request that asks for the current names. */
    Message request() {
        return Message.of(DiscoveryRequest.TYPE)
                .with(DiscoveryRequest.TYPE_URL, type.typeUrl())
                .with(DiscoveryRequest.VERSION_INFO, version)
                .with(DiscoveryRequest.RESPONSE_NONCE, nonce)
                .with(DiscoveryRequest.RESOURCE_NAMES, List.copyOf(names));
    }

    /** Everything in the response was usable. */
    Message acknowledge(Message response) {
        version = response.get(DiscoveryResponse.VERSION_INFO);
        nonce = response.get(DiscoveryResponse.NONCE);
        return request();
    }

    /** Something in the response was not usable: the version stays, and the control service is told why. */
    Message refuse(Message response, String reason) {
        nonce = response.get(DiscoveryResponse.NONCE);
        String told = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        return request()
                .with(
                        DiscoveryRequest.ERROR_DETAIL,
                        Message.of(Rpc.Status.TYPE)
                                .with(Rpc.Status.CODE, INVALID_ARGUMENT)
                                .with(Rpc.Status.MESSAGE, told));
    }
}
