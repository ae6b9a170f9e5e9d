package io.inmesh.agent.connect;

import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.inmesh.agent.connect.ControlAddress.ServerTrust;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Channels over TCP, with TLS unless the address says otherwise. Keep-alive finds a server that vanished without a word. A token is
 * sent under TLS, and in plaintext to this very machine only. Thread-safe.
 */
public final class NettyChannels implements Channels {

    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

    private final ControlAddress address;
    private final Optional<CallCredentials> token;

    public NettyChannels(ControlAddress address, Optional<CallCredentials> token) {
        this.address = address;
        this.token = token;
    }

    @Override
    public ManagedChannel open(Optional<WorkloadIdentity> identity) throws IOException {
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(address.host(), address.port(), credentials(identity));
        address.tls().ifPresent(trust -> builder.overrideAuthority(authority(trust)));
        if (token.isPresent() && mayCarryToken()) {
            builder.intercept(new TokenInterceptor(token.get()));
        }
        return builder.maxInboundMessageSize(LARGEST_MESSAGE)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .disableRetry()
                .build();
    }

    private ChannelCredentials credentials(Optional<WorkloadIdentity> identity) throws IOException {
        if (address.tls().isEmpty()) {
            return InsecureChannelCredentials.create();
        }
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder()
                .trustManager(ServerRoots.trusting(address.tls().get().rootFile(), identity));
        if (identity.isPresent()) {
            WorkloadIdentity shown = identity.get();
            tls.keyManager(pem(Pem.certificates(shown.chain())), pem(Pem.privateKey(shown.key())));
        }
        return tls.build();
    }

    private boolean mayCarryToken() {
        return address.tls().isPresent() || address.isLoopback();
    }

    /** The port is part of an authority; only the name is compared with the certificate. */
    private String authority(ServerTrust trust) {
        String name = trust.serverName();
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + address.port();
    }

    private static ByteArrayInputStream pem(String text) {
        return new ByteArrayInputStream(Pem.bytes(text));
    }
}
