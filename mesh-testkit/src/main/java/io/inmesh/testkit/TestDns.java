package io.inmesh.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on the loopback interface, over UDP and, on the same port, TCP. What it says may change at any time. Thread-safe. */
public final class TestDns implements AutoCloseable {

    private static final int LARGEST = 512;
    private static final int NO_SUCH_NAME = 3;

    private static final int TRIES = 50;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<String, Entry> names = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    private record Entry(List<InetAddress> addresses, int seconds, int code) {}

    public TestDns() {
        Sockets sockets = Sockets.open();
        udp = sockets.udp();
        tcp = sockets.tcp();
        run(this::serveUdp);
        run(this::serveTcp);
    }

    private record Sockets(DatagramSocket udp, ServerSocket tcp) {

        /** A free port of one protocol may be taken in the other. */
        static Sockets open() {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            for (int left = TRIES; ; left--) {
                try {
                    DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, 0));
                    try {
                        return new Sockets(udp, new ServerSocket(udp.getLocalPort(), 16, loopback));
                    } catch (IOException taken) {
                        udp.close();
                        if (left == 0) {
                            throw taken;
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) udp.getLocalSocketAddress();
    }

    /** From now on the name has these addresses, IPv4 or IPv6, for so many seconds; without any it exists all the same. */
    public TestDns name(String name, int seconds, String... addresses) {
        List<InetAddress> parsed = new ArrayList<>();
        try {
            for (String address : addresses) {
                parsed.add(InetAddress.getAllByName(address)[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names.put(name, new Entry(List.copyOf(parsed), seconds, 0));
        return this;
    }

    /** From now on questions about the name are answered with a code of trouble, such as 2, SERVFAIL. */
    public TestDns trouble(String name, int code) {
        names.put(name, new Entry(List.of(), 0, code));
        return this;
    }

    /** From now on there is no such name. */
    public void forget(String name) {
        names.remove(name);
    }

    /** How often its IPv4 addresses were asked for. */
    public int asked(String name) {
        return asked.getOrDefault(name, new AtomicInteger()).get();
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serveUdp() throws IOException {
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
            udp.receive(packet);
            SocketAddress from = packet.getSocketAddress();
            byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()), LARGEST);
            udp.send(new DatagramPacket(answer, answer.length, from));
        }
    }

    private void serveTcp() throws IOException {
        while (true) {
            try (Socket connection = tcp.accept()) {
                DataInputStream in = new DataInputStream(connection.getInputStream());
                byte[] question = new byte[in.readUnsignedShort()];
                in.readFully(question);
                byte[] answer = answer(ByteBuffer.wrap(question), 0xFFFF);
                DataOutputStream out = new DataOutputStream(connection.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
            }
        }
    }

    private byte[] answer(ByteBuffer question, int largest) {
        int id = question.getShort() & 0xFFFF;
        question.position(12);
        StringBuilder name = new StringBuilder();
        for (int length = question.get(); length > 0; length = question.get()) {
            byte[] label = new byte[length];
            question.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        int type = question.getShort();
        byte[] asIs = new byte[question.position() + 2 - 12];
        question.position(12).get(asIs);
        String asking = name.toString().toLowerCase(Locale.ROOT);
        if (type == 1) {
            asked.computeIfAbsent(asking, first -> new AtomicInteger()).incrementAndGet();
        }
        Entry entry = names.getOrDefault(asking, new Entry(List.of(), 0, NO_SUCH_NAME));
        List<byte[]> found = entry.addresses().stream()
                .map(InetAddress::getAddress)
                .filter(address -> address.length == (type == 1 ? 4 : 16))
                .toList();
        byte[] whole = encode(id, entry, asIs, type, found, false);
        return whole.length <= largest ? whole : encode(id, entry, asIs, type, List.of(), true);
    }

    private static byte[] encode(
            int id, Entry entry, byte[] question, int type, List<byte[]> addresses, boolean cutOff) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int flags = 0x8180 | (cutOff ? 0x0200 : 0) | entry.code();
        for (int number : new int[] {id, flags, 1, addresses.size(), 0, 0}) {
            out.writeBytes(new byte[] {(byte) (number >>> 8), (byte) number});
        }
        out.writeBytes(question);
        for (byte[] address : addresses) {
            ByteBuffer fields = ByteBuffer.allocate(12 + address.length);
            fields.putShort((short) 0xC00C).putShort((short) type).putShort((short) 1);
            fields.putInt(entry.seconds()).putShort((short) address.length).put(address);
            out.writeBytes(fields.array());
        }
        return out.toByteArray();
    }

    private static void run(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // Closed: nobody asks any more.
                        Thread.currentThread().interrupt();
                    }
                },
                "test-dns");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Task {
        void run() throws IOException;
    }
}
