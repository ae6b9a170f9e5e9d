package io.inmesh.agent.sds;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.inmesh.api.error.MeshConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC port on a Unix socket. The kernel vouches for a caller's user: only one user gets in. Linux only.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SO_PEERCRED</a>
 */
public final class UnixSocket implements AutoCloseable {

    private final Path path;
    private final EventLoopGroup threads;
    private final Server server;

    private UnixSocket(Path path, EventLoopGroup threads, Server server) {
        this.path = path;
        this.threads = threads;
        this.server = server;
    }

    /**
     * Listens. A socket that an earlier run left behind is replaced; anything else of that name is not.
     *
     * @param user the one user id that may connect; empty for the user of this process alone
     * @throws IOException if the socket cannot be made
     */
    public static UnixSocket listen(Path path, OptionalInt user, BindableService service) throws IOException {
        requireLinux();
        removeStale(path);
        EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        int allowed = user.isPresent() ? user.getAsInt() : ownUser();
        try {
            Server server = NettyServerBuilder.forAddress(new DomainSocketAddress(path.toFile()))
                    .channelFactory(() -> {
                        EpollServerDomainSocketChannel listening = new EpollServerDomainSocketChannel();
                        listening.pipeline().addLast(new OneUser(allowed));
                        return listening;
                    })
                    .bossEventLoopGroup(threads)
                    .workerEventLoopGroup(threads)
                    .addService(service)
                    .build()
                    .start();
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(user.isPresent() ? "rw-rw-rw-" : "rw-------"));
            return new UnixSocket(path, threads, server);
        } catch (IOException e) {
            var unused = threads.shutdownGracefully();
            throw e;
        }
    }

    static void requireLinux() {
        if (!Epoll.isAvailable()) {
            throw new MeshConfigurationException(
                    "Unix sockets need Linux on x86-64 or AArch64: " + Epoll.unavailabilityCause());
        }
    }

    private static void removeStale(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    || Files.isSymbolicLink(path)) {
                throw new IOException(path + " exists and is no socket");
            }
            Files.delete(path);
        }
    }

    private static int ownUser() throws IOException {
        Object id = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return (Integer) id;
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
            Files.deleteIfExists(path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.getLogger(UnixSocket.class.getName()).log(System.Logger.Level.DEBUG, "{0}", e.toString());
        } finally {
            var unused = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
