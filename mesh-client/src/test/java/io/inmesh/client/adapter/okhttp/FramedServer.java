package io.inmesh.client.adapter.okhttp;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okio.ByteString;

/** An upstream that speaks HTTP/2 frame by frame, so that a test decides about each, and that remembers what it was sent. */
final class FramedServer implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final int REFUSED_STREAM = 7;

    /** {@code :status 200} of HPACK's static table. */
    private static final byte[] OK = {(byte) 0x88};

    private static final int PREFACE = 24;

    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private final OnRequest onRequest;
    private final boolean answersPings;

    FramedServer(OnRequest onRequest) throws IOException {
        this(onRequest, true);
    }

    FramedServer(OnRequest onRequest, boolean answersPings) throws IOException {
        this.onRequest = onRequest;
        this.answersPings = answersPings;
        threads.execute(this::accept);
    }

    /** What happens when a request's head is there. */
    interface OnRequest {
        void at(Peer peer, int stream) throws IOException;
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return peers.size();
    }

    List<Peer> peers() {
        return peers;
    }

    /** What clients sent, of this type. */
    List<Frame> sent(int type) {
        return frames.stream().filter(frame -> frame.type() == type).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Peer peer = new Peer(server.accept(), peers.size());
                peers.add(peer);
                threads.execute(() -> serve(peer));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Peer peer) {
        try (Socket socket = peer.socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.skipNBytes(PREFACE);
            peer.send(SETTINGS, 0, 0, new byte[0]);
            while (true) {
                answer(peer, read(peer, in));
            }
        } catch (IOException e) {
            peer.gone = true;
        }
    }

    private Frame read(Peer peer, DataInputStream in) throws IOException {
        int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        Frame frame = new Frame(peer.index, type, flags, stream, ByteString.of(in.readNBytes(length)));
        frames.add(frame);
        return frame;
    }

    private void answer(Peer peer, Frame frame) throws IOException {
        if (frame.type() == HEADERS) {
            onRequest.at(peer, frame.stream());
        } else if (frame.type() == SETTINGS && frame.flags() == 0) {
            peer.send(SETTINGS, ACK, 0, new byte[0]);
        } else if (frame.type() == PING && frame.flags() == 0 && answersPings) {
            peer.send(PING, ACK, 0, frame.payload().toByteArray());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Peer peer : peers) {
            peer.socket.close();
        }
        threads.shutdownNow();
    }

    /** One frame that a client sent. */
    record Frame(int connection, int type, int flags, int stream, ByteString payload) {}

    /** A client's connection. */
    static final class Peer {

        private final Socket socket;
        private final int index;
        private volatile boolean gone;
        private volatile boolean sentGoAway;

        Peer(Socket socket, int index) {
            this.socket = socket;
            this.index = index;
        }

        int index() {
            return index;
        }

        /** Whether the client has closed it. */
        boolean gone() {
            return gone;
        }

        void answer(int stream, String body) throws IOException {
            send(HEADERS, END_HEADERS, stream, OK);
            send(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.US_ASCII));
        }

        void reset(int stream, int code) throws IOException {
            send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, (byte) code});
        }

        /** Streams above the last one were not looked at, and never will be. */
        void goAway(int lastStream) throws IOException {
            sentGoAway = true;
            send(GOAWAY, 0, 0, new byte[] {0, 0, 0, (byte) lastStream, 0, 0, 0, 0});
        }

        void send(int type, int flags, int stream, byte[] payload) throws IOException {
            byte[] frame = new byte[9 + payload.length];
            frame[1] = (byte) (payload.length >> 8);
            frame[2] = (byte) payload.length;
            frame[3] = (byte) type;
            frame[4] = (byte) flags;
            frame[7] = (byte) (stream >> 8);
            frame[8] = (byte) stream;
            System.arraycopy(payload, 0, frame, 9, payload.length);
            OutputStream out = socket.getOutputStream();
            out.write(frame);
            out.flush();
        }

        boolean sentGoAway() {
            return sentGoAway;
        }

        /** Sends no more; what the client sends is still read, so that it sees all that was sent. */
        void end() throws IOException {
            socket.shutdownOutput();
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
