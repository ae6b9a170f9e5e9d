package io.inmesh.client.adapter.dns;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One question of one class, the Internet's.
 *
 * @param name in ASCII and lower case, without a dot at its end
 */
record DnsQuestion(int id, String name, Type type) {

    private static final int RECURSION_DESIRED = 0x0100;
    private static final int INTERNET = 1;
    private static final int MOST_OF_A_LABEL = 63;
    private static final int MOST_OF_A_NAME = 253;

    /** What is looked for. */
    enum Type {
        A(1, 4),
        AAAA(28, 16);

        private final int number;
        private final int length;

        Type(int number, int length) {
            this.number = number;
            this.length = length;
        }

        int number() {
            return number;
        }

        /** Of an address, in bytes. */
        int length() {
            return length;
        }
    }

    /**
     * A question as it is sent.
     *
     * @throws IllegalArgumentException if DNS has no such name
     */
    static DnsQuestion of(int id, String name, Type type) {
        String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        for (String label : ascii.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > MOST_OF_A_LABEL) {
                throw new IllegalArgumentException("DNS has no name '" + name + "'");
            }
        }
        if (ascii.length() > MOST_OF_A_NAME) {
            throw new IllegalArgumentException("DNS has no name as long as '" + name + "'");
        }
        return new DnsQuestion(id & 0xFFFF, ascii, type);
    }

    byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int number : new int[] {id, RECURSION_DESIRED, 1, 0, 0, 0}) {
            write(out, number);
        }
        for (String label : name.split("\\.", -1)) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        out.write(0);
        write(out, type.number());
        write(out, INTERNET);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, int number) {
        out.write(number >>> 8);
        out.write(number);
    }
}
