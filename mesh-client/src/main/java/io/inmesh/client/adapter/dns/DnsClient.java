package io.inmesh.client.adapter.dns;

import io.inmesh.api.spi.MeshClock;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks one name server one question: over UDP from a port of its own with an unpredictable number, so that nobody else can answer; over TCP where
 * the answer is too long. Thread-safe; blocks.
 */
final class DnsClient {

    private static final int LARGEST_DATAGRAM = 4096;
    private static final int MOST_STRAYS = 64;

    private final MeshClock clock;
    private final RandomGenerator chance;

    /**
     * Makes a client.
     *
     * @param chance unpredictable
     */
    DnsClient(MeshClock clock, RandomGenerator chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * The server's answer.
     *
     * @throws IOException if there is none in time
     */
    DnsReply ask(InetSocketAddress server, String name, DnsQuestion.Type type, Duration timeout) throws IOException {
        DnsQuestion question = DnsQuestion.of(chance.nextInt(), name, type);
        long end = clock.nanoTime() + timeout.toNanos();
        DnsReply reply = overUdp(server, question, end);
        return reply.cutOff() ? overTcp(server, question, end) : reply;
    }

    private DnsReply overUdp(InetSocketAddress server, DnsQuestion question, long end) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            // Connected, the socket takes nothing from other addresses.
            socket.connect(server);
            byte[] sent = question.encode();
            socket.send(new DatagramPacket(sent, sent.length));
            DatagramPacket received = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
            for (int i = 0; i < MOST_STRAYS; i++) {
                socket.setSoTimeout(left(end));
                received.setLength(LARGEST_DATAGRAM);
                socket.receive(received);
                DnsReply reply = DnsReply.read(received.getData(), received.getLength(), question);
                if (reply != null) {
                    return reply;
                }
            }
            throw new IOException("Nothing but answers to other questions from " + server);
        }
    }

    private DnsReply overTcp(InetSocketAddress server, DnsQuestion question, long end) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, left(end));
            socket.setSoTimeout(left(end));
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] sent = question.encode();
            out.writeShort(sent.length);
            out.write(sent);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] received = new byte[in.readUnsignedShort()];
            in.readFully(received);
            @Nullable DnsReply reply = DnsReply.read(received, received.length, question);
            if (reply == null || reply.cutOff()) {
                throw new IOException("No answer from " + server);
            }
            return reply;
        }
    }

    private int left(long end) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - clock.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("No answer in time");
        }
        return (int) left;
    }
}
