package io.inmesh.client.adapter.okhttp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream on loopback that behaves well or in one of several bad ways, and counts how often each call reached it ({@code x-call}). */
final class MoodyServer implements AutoCloseable {

    /** What happens to a request that has been read. */
    enum Mood {
        WELL,
        /** There is no answer, and the connection stays open. */
        STALLS,
        /** The connection is reset. */
        RESETS,
        /** The answer takes its time. */
        SLOW
    }

    private static final byte[] OK =
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Integer> seen;
    volatile Mood mood = Mood.WELL;

    /** Counts into a map that several share. */
    MoodyServer(Map<String, Integer> seen) throws IOException {
        this.seen = seen;
        threads.execute(this::accept);
    }

    /** How many it has taken in all. */
    int connections() {
        return sockets.size();
    }

    /** How many clients have not closed. */
    int open() {
        return open.get();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        open.incrementAndGet();
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (request(in)) {
                if (mood == Mood.RESETS) {
                    socket.setSoLinger(true, 0);
                    return;
                }
                if (mood == Mood.STALLS) {
                    closed.await();
                    return;
                }
                if (mood == Mood.SLOW && closed.await(1500, TimeUnit.MILLISECONDS)) {
                    return;
                }
                socket.getOutputStream().write(OK);
            }
        } catch (IOException e) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
        }
    }

    private boolean request(InputStream in) throws IOException {
        int length = 0;
        String line = line(in);
        if (line == null) {
            return false;
        }
        while (line != null && !line.isEmpty()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            if (lower.startsWith("x-call:")) {
                seen.merge(lower.substring(7).strip(), 1, Integer::sum);
            }
            line = line(in);
        }
        return in.readNBytes(length).length == length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
