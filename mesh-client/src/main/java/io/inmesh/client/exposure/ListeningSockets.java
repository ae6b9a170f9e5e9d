package io.inmesh.client.exposure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The TCP sockets that this process listens on, whoever opened them. Linux tells without any privilege: {@code /proc/self/net/tcp} has
 * the sockets of the network namespace, {@code /proc/self/fd} says which of them are ours.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html">Linux, proc_net_tcp</a>
 */
public final class ListeningSockets {

    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int WORD = 4;

    private ListeningSockets() {}

    /** Ordered by port; empty where the system does not tell, which is every one but Linux. Reads a few files, so not for a request's path. */
    public static Optional<List<InetSocketAddress>> ofThisProcess() {
        return read(Path.of("/proc/self"));
    }

    static Optional<List<InetSocketAddress>> read(Path process) {
        try {
            Set<String> own = inodes(process.resolve("fd"));
            return Optional.of(Stream.concat(lines(process.resolve("net/tcp")), lines(process.resolve("net/tcp6")))
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> fields.length > INODE
                            && fields[STATE].equals(LISTEN)
                            && own.contains("socket:[" + fields[INODE] + "]"))
                    .map(fields -> address(fields[LOCAL_ADDRESS]))
                    .sorted(Comparator.comparingInt(InetSocketAddress::getPort)
                            .thenComparing(address -> address.getAddress().getHostAddress()))
                    .toList());
        } catch (IOException | UncheckedIOException | SecurityException e) {
            return Optional.empty();
        }
    }

    /** A machine may be without IPv6. */
    private static Stream<String> lines(Path file) throws IOException {
        return file.endsWith("tcp6") && !Files.exists(file) ? Stream.empty() : Files.readAllLines(file).stream();
    }

    private static Set<String> inodes(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : all) {
                if (Files.isSymbolicLink(descriptor)) {
                    target(descriptor).ifPresent(inodes::add);
                }
            }
        }
        return inodes;
    }

    /** Descriptors come and go while they are listed. */
    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    /** Such as {@code 0100007F:1F90}: words of the machine's byte order, and a port. */
    private static InetSocketAddress address(String text) {
        int colon = text.indexOf(':');
        byte[] bytes = HexFormat.of().parseHex(text.substring(0, colon));
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        ByteBuffer network = ByteBuffer.allocate(bytes.length);
        while (words.remaining() >= WORD) {
            network.putInt(words.getInt());
        }
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(network.array()), HexFormat.fromHexDigits(text.substring(colon + 1)));
        } catch (UnknownHostException wrongLength) {
            throw new UncheckedIOException(wrongLength);
        }
    }
}
