package io.inmesh.control.translate;

import io.inmesh.xds.envoy.CoreAddress.Address;
import io.inmesh.xds.envoy.CoreAddress.SocketAddress;
import io.inmesh.xds.envoy.CoreBase.TransportSocket;
import io.inmesh.xds.envoy.CoreConfigSource.AggregatedConfigSource;
import io.inmesh.xds.envoy.CoreConfigSource.ApiVersion;
import io.inmesh.xds.envoy.CoreConfigSource.ConfigSource;
import io.inmesh.xds.envoy.Percents.DenominatorType;
import io.inmesh.xds.envoy.Percents.FractionalPercent;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.time.Duration;

/** The small messages that many others hold. */
final class Messages {

    /** "Ask for it on this stream." */
    static final Message ADS = Message.of(ConfigSource.TYPE)
            .with(ConfigSource.ADS, Message.of(AggregatedConfigSource.TYPE))
            .with(ConfigSource.INITIAL_FETCH_TIMEOUT, Duration.ZERO)
            .with(ConfigSource.RESOURCE_API_VERSION, ApiVersion.V3);

    private Messages() {}

    static Message address(String address, int port) {
        return Message.of(Address.TYPE)
                .with(
                        Address.SOCKET_ADDRESS,
                        Message.of(SocketAddress.TYPE)
                                .with(SocketAddress.ADDRESS, address)
                                .with(SocketAddress.PORT_VALUE, (long) port));
    }

    static Message transportSocket(String name, Message config) {
        return Message.of(TransportSocket.TYPE)
                .with(TransportSocket.NAME, name)
                .with(TransportSocket.TYPED_CONFIG, Any.pack(config));
    }

    /** Istio's percentages have four digits behind the point. */
    static Message fraction(double percent) {
        return Message.of(FractionalPercent.TYPE)
                .with(FractionalPercent.NUMERATOR, Math.round(percent * 10_000))
                .with(FractionalPercent.DENOMINATOR, DenominatorType.MILLION);
    }
}
