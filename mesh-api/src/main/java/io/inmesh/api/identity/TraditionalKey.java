package io.inmesh.api.identity;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.spec.InvalidKeySpecException;
import java.util.HexFormat;

/**
 * Private keys in the forms that came before PKCS#8 and that OpenSSL still writes, {@code RSA PRIVATE KEY} and {@code EC PRIVATE KEY},
 * put into PKCS#8, which is all that the JDK reads. Stateless.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8017">RFC 8017</a>, appendix A.1.2
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5915">RFC 5915</a>
 */
final class TraditionalKey {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] VERSION_0 = HEX.parseHex("020100");
    private static final byte[] RSA = HEX.parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HEX.parseHex("06072a8648ce3d0201");
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int PARAMETERS = 0xa0;

    private TraditionalKey() {}

    static byte[] rsa(byte[] pkcs1) {
        return element(SEQUENCE, VERSION_0, RSA, element(OCTET_STRING, pkcs1));
    }

    /**
     * The curve, which PKCS#8 wants outside, stands inside.
     *
     * @throws InvalidKeySpecException if it does not, or the key is no DER
     */
    static byte[] ec(byte[] sec1) throws InvalidKeySpecException {
        byte[] curve = curve(sec1);
        return element(SEQUENCE, VERSION_0, element(SEQUENCE, EC, curve), element(OCTET_STRING, sec1));
    }

    private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
        try {
            ByteBuffer in = ByteBuffer.wrap(sec1);
            in.get();
            length(in);
            while (in.hasRemaining()) {
                int tag = in.get() & 0xff;
                byte[] content = new byte[length(in)];
                in.get(content);
                if (tag == PARAMETERS) {
                    return content;
                }
            }
        } catch (BufferUnderflowException e) {
            throw new InvalidKeySpecException("an EC private key that ends too early");
        }
        throw new InvalidKeySpecException("an EC private key that does not name its curve");
    }

    private static int length(ByteBuffer in) throws InvalidKeySpecException {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return checked(first, in);
        }
        int length = 0;
        for (int i = first & 0x7f; i > 0; i--) {
            length = (length << 8) | (in.get() & 0xff);
        }
        return checked(length, in);
    }

    private static int checked(int length, ByteBuffer in) throws InvalidKeySpecException {
        if (length < 0 || length > in.remaining()) {
            throw new InvalidKeySpecException("an EC private key that ends too early");
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
