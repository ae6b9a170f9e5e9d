package io.inmesh.agent.sds;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.inmesh.agent.connect.Channels;
import io.inmesh.api.identity.WorkloadIdentity;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Channels to a Unix socket, without TLS: the kernel stands for both ends. Linux only. Thread-safe. */
final class UnixChannels implements Channels, AutoCloseable {

    private final Path path;
    private final EventLoopGroup threads;

    UnixChannels(Path path) {
        UnixSocket.requireLinux();
        this.path = path;
        this.threads = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @Override
    public ManagedChannel open(Optional<WorkloadIdentity> nobody) {
        return NettyChannelBuilder.forAddress(new DomainSocketAddress(path.toFile()))
                .channelType(EpollDomainSocketChannel.class)
                .eventLoopGroup(threads)
                .overrideAuthority("localhost")
                .usePlaintext()
                .disableRetry()
                .build();
    }

    @Override
    public void close() {
        var unused = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
