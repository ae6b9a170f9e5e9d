package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.spi.MeshClock;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to whichever of an endpoint's addresses answers first. They are tried in order, families in turn; the next one as soon as one fails
 * or 300 ms after the one before, whichever is sooner; those under way go on meanwhile. For one thread; anybody may close.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/connection_pooling#happy-eyeballs-support">Envoy, happy
 *     eyeballs</a>
 */
final class AddressRace implements Closeable {

    private static final long HEAD_START_MILLIS = 300;

    private final MeshClock clock;
    private final Selector selector;
    private final Deque<InetSocketAddress> waiting;
    private @Nullable IOException failure;

    AddressRace(List<InetSocketAddress> addresses, MeshClock clock) throws IOException {
        this.clock = clock;
        waiting = new ArrayDeque<>(inTurn(addresses));
        selector = Selector.open();
    }

    /** The first stays the first, and after it the families take turns as long as there are both. */
    static List<InetSocketAddress> inTurn(List<InetSocketAddress> addresses) {
        boolean four = addresses.get(0).getAddress() instanceof Inet4Address;
        List<InetSocketAddress> same = new ArrayList<>();
        List<InetSocketAddress> other = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            (address.getAddress() instanceof Inet4Address == four ? same : other).add(address);
        }
        List<InetSocketAddress> turns = new ArrayList<>();
        for (int i = 0; i < Math.max(same.size(), other.size()); i++) {
            if (i < same.size()) {
                turns.add(same.get(i));
            }
            if (i < other.size()) {
                turns.add(other.get(i));
            }
        }
        return turns;
    }

    /**
     * The winner, blocking again.
     *
     * @param timeoutMillis 0 for none
     * @throws IOException if all fail, nobody answers in time, or somebody closes this
     */
    SocketChannel run(int timeoutMillis) throws IOException {
        long end = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            begin();
            while (true) {
                SocketChannel won = await(timeoutMillis == 0 ? Long.MAX_VALUE : left(end));
                if (won != null) {
                    SelectionKey key = won.keyFor(selector);
                    if (key != null) {
                        key.cancel();
                        selector.selectNow();
                    }
                    won.configureBlocking(true);
                    return won;
                }
                begin();
            }
        } finally {
            end();
        }
    }

    private long left(long end) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - clock.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("No address answers");
        }
        return left;
    }

    /** The next address, if there is one left; with none under way either, the last failure is that of all. */
    private void begin() throws IOException {
        while (!waiting.isEmpty()) {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.configureBlocking(false);
                channel.connect(waiting.remove());
                channel.register(selector, SelectionKey.OP_CONNECT);
                return;
            } catch (IOException e) {
                failure = e;
                channel.close();
            }
        }
        if (selector.isOpen() && selector.keys().isEmpty()) {
            throw failure == null ? new SocketException("No address") : failure;
        }
    }

    /** Null if it is the next one's turn. */
    private @Nullable SocketChannel await(long millis) throws IOException {
        selector.select(waiting.isEmpty() ? millis : Math.min(millis, HEAD_START_MILLIS));
        if (!selector.isOpen()) {
            throw new SocketException("Socket closed");
        }
        SocketChannel won = null;
        for (SelectionKey key : selector.selectedKeys()) {
            SocketChannel channel = (SocketChannel) key.channel();
            try {
                if (won == null && channel.finishConnect()) {
                    won = channel;
                }
            } catch (IOException e) {
                failure = e;
                channel.close();
            }
        }
        selector.selectedKeys().clear();
        if (won == null) {
            selector.selectNow();
        }
        return won;
    }

    private void end() throws IOException {
        if (selector.isOpen()) {
            for (SelectionKey key : selector.keys()) {
                if (key.isValid()) {
                    key.channel().close();
                }
            }
        }
        selector.close();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
