package io.inmesh.client.adapter.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a name server says to a question. Anybody may have sent the bytes: whatever does not answer the question is none.
 *
 * @param code 0 if the name exists, 3 if it does not, else the server's trouble
 * @param cutOff there was more than one datagram holds; ask again over TCP
 * @param addresses in order; may be empty
 * @param seconds how long the answer holds: the least of all records that it was made of
 */
record DnsReply(int code, boolean cutOff, List<InetAddress> addresses, long seconds) {

    static final int NAME_EXISTS = 0;
    static final int NO_SUCH_NAME = 3;

    private static final int RESPONSE = 0x8000;
    private static final int CUT_OFF = 0x0200;
    private static final int CODE = 0x000F;
    private static final int INTERNET = 1;
    private static final int ALIAS = 5;
    private static final int MOST_ALIASES = 16;
    private static final int MOST_RECORDS = 1000;
    private static final int MOST_OF_A_NAME = 255;
    private static final long MOST_SECONDS = 7 * 24 * 3600L;

    /** Null if the bytes are no answer to the question. */
    static @Nullable DnsReply read(byte[] message, int length, DnsQuestion question) {
        try {
            return read(ByteBuffer.wrap(message, 0, length).slice(), question);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable DnsReply read(ByteBuffer in, DnsQuestion question) {
        int id = unsigned(in);
        int flags = unsigned(in);
        int questions = unsigned(in);
        int answers = unsigned(in);
        in.position(in.position() + 4);
        boolean same = questions == 1
                && name(in).equals(question.name())
                && unsigned(in) == question.type().number()
                && unsigned(in) == INTERNET;
        if (!same || id != question.id() || (flags & RESPONSE) == 0) {
            return null;
        }
        boolean cutOff = (flags & CUT_OFF) != 0;
        List<DnsRecord> records = new ArrayList<>();
        for (int i = 0; i < Math.min(answers, MOST_RECORDS) && !cutOff; i++) {
            records.add(DnsRecord.read(in));
        }
        return collected(flags & CODE, cutOff, records, question);
    }

    /** The addresses at the end of the aliases, if there are any. */
    private static DnsReply collected(int code, boolean cutOff, List<DnsRecord> records, DnsQuestion question) {
        String owner = question.name();
        long seconds = MOST_SECONDS;
        for (int i = 0; i < MOST_ALIASES; i++) {
            DnsRecord alias = alias(records, owner);
            if (alias == null) {
                break;
            }
            owner = alias.target();
            seconds = Math.min(seconds, alias.seconds());
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (DnsRecord found : records) {
            InetAddress address = found.address();
            if (address != null
                    && found.type() == question.type().number()
                    && found.owner().equals(owner)
                    && address.getAddress().length == question.type().length()) {
                addresses.add(address);
                seconds = Math.min(seconds, found.seconds());
            }
        }
        return new DnsReply(code, cutOff, List.copyOf(addresses), addresses.isEmpty() ? 0 : seconds);
    }

    private static @Nullable DnsRecord alias(List<DnsRecord> records, String owner) {
        for (DnsRecord found : records) {
            if (found.type() == ALIAS && found.owner().equals(owner)) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable InetAddress parsed(byte[] data) {
        try {
            return InetAddress.getByAddress(data);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static int unsigned(ByteBuffer in) {
        return in.getShort() & 0xFFFF;
    }

    /** A name, which may end by pointing to an earlier one; whoever points forward or round in circles is no name server. */
    private static String name(ByteBuffer in) {
        StringBuilder name = new StringBuilder();
        ByteBuffer at = in;
        int before = in.position();
        for (int length = at.get() & 0xFF; length != 0; length = at.get() & 0xFF) {
            if (length >= 0xC0) {
                int target = ((length & 0x3F) << 8) | (at.get() & 0xFF);
                if (target >= before) {
                    throw new IllegalArgumentException("A name points forward");
                }
                before = target;
                at = in.duplicate().position(target);
                continue;
            }
            byte[] label = new byte[length];
            at.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.ISO_8859_1));
            if (length > 63 || name.length() > MOST_OF_A_NAME) {
                throw new IllegalArgumentException("A name is too long");
            }
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    /**
     * One record of an answer.
     *
     * @param address null of a record that has none
     * @param target of an alias; else empty
     */
    private record DnsRecord(
            String owner, int type, long seconds, @Nullable InetAddress address, String target) {

        static DnsRecord read(ByteBuffer in) {
            String owner = name(in);
            int type = unsigned(in);
            boolean internet = unsigned(in) == INTERNET;
            // Of a number that is negative as a signed one, nothing is known.
            long seconds = Math.max(0, in.getInt());
            int length = unsigned(in);
            int end = in.position() + length;
            if (end > in.limit()) {
                throw new IllegalArgumentException("A record is longer than its message");
            }
            String target = type == ALIAS ? name(in.duplicate()) : "";
            byte[] data = new byte[type == ALIAS ? 0 : length];
            in.get(data);
            in.position(end);
            return new DnsRecord(owner, internet ? type : 0, seconds, parsed(data), target);
        }
    }
}
