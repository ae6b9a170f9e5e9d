package io.inmesh.control.serve;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A listening gRPC server with bounded requests. */
public final class GrpcPort implements AutoCloseable {

    private static final int LARGEST_REQUEST = 4 << 20;
    private static final int MOST_HEADERS = 32 << 10;

    private final Server server;

    private GrpcPort(Server server) {
        this.server = server;
    }

    /** Without TLS: whoever can reach it is believed, so it is for one machine in development only. */
    public static GrpcPort plaintext(InetSocketAddress address, List<BindableService> services, Executor executor)
            throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address);
        services.forEach(builder::addService);
        return start(builder, executor);
    }

    /** With TLS; callers may show a certificate and each service decides who may call. */
    public static GrpcPort secure(
            InetSocketAddress address, SecurePort port, List<BindableService> services, Executor executor)
            throws IOException {
        ServerCredentials credentials = TlsServerCredentials.newBuilder()
                .keyManager(port.keyManager())
                .trustManager(port.trustManager())
                .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
                .build();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address, credentials);
        builder.intercept(new Callers(port.authenticator()));
        services.forEach(builder::addService);
        port.services().forEach(builder::addService);
        return start(builder, executor);
    }

    private static GrpcPort start(NettyServerBuilder builder, Executor executor) throws IOException {
        return new GrpcPort(builder.executor(executor)
                .maxInboundMessageSize(LARGEST_REQUEST)
                .maxInboundMetadataSize(MOST_HEADERS)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .build()
                .start());
    }

    /** The port that was bound. */
    public int port() {
        return server.getPort();
    }

    /** Ends all calls; clients connect again somewhere else or later. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            if (!server.awaitTermination(5, TimeUnit.SECONDS)) {
                System.getLogger(GrpcPort.class.getName())
                        .log(System.Logger.Level.WARNING, "port " + server.getPort() + " still has calls");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
