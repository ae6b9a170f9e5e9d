package io.inmesh.client.security;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the body of a whole ClientHello; whatever does not fit exactly is an error. One call's state. */
final class ClientHelloParser {

    private static final int RANDOM = 32;
    private static final int MAX_SESSION_ID = 32;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int HOST_NAME = 0;
    private static final int MAX_HOST_NAME = 255;

    private @Nullable String serverName;
    private List<String> applicationProtocols = List.of();
    private List<Integer> versions;

    private ClientHelloParser(int legacyVersion) {
        versions = List.of(legacyVersion);
    }

    static ClientHello parse(ByteBuffer body) throws ProtocolException {
        ClientHelloParser parser = new ClientHelloParser(unsignedShort(body));
        slice(body, RANDOM);
        check(slice(body, unsignedByte(body)).remaining() <= MAX_SESSION_ID, "session id");
        int suites = unsignedShort(body);
        check(suites >= 2 && suites % 2 == 0, "cipher suites");
        slice(body, suites);
        check(slice(body, unsignedByte(body)).hasRemaining(), "compression methods");
        if (body.hasRemaining()) {
            parser.readExtensions(slice(body, unsignedShort(body)));
        }
        check(!body.hasRemaining(), "end");
        return new ClientHello(parser.serverName, parser.applicationProtocols, parser.versions);
    }

    private void readExtensions(ByteBuffer extensions) throws ProtocolException {
        Set<Integer> seen = new HashSet<>();
        while (extensions.hasRemaining()) {
            int type = unsignedShort(extensions);
            ByteBuffer data = slice(extensions, unsignedShort(extensions));
            check(seen.add(type), "extension " + type + ", which is repeated");
            switch (type) {
                case SERVER_NAME -> readServerName(data);
                case ALPN -> readAlpn(data);
                case SUPPORTED_VERSIONS -> readVersions(data);
                default -> {
                    // Others do not choose a filter chain.
                }
            }
        }
    }

    private void readServerName(ByteBuffer data) throws ProtocolException {
        ByteBuffer list = slice(data, unsignedShort(data));
        check(!data.hasRemaining() && list.hasRemaining(), "server name");
        while (list.hasRemaining()) {
            int type = unsignedByte(list);
            ByteBuffer name = slice(list, unsignedShort(list));
            check(type == HOST_NAME && serverName == null, "server name of type " + type);
            check(name.hasRemaining() && name.remaining() <= MAX_HOST_NAME, "server name");
            serverName = visible(name, "server name").toLowerCase(Locale.ROOT);
        }
    }

    private void readAlpn(ByteBuffer data) throws ProtocolException {
        ByteBuffer list = slice(data, unsignedShort(data));
        check(!data.hasRemaining() && list.hasRemaining(), "ALPN");
        List<String> names = new ArrayList<>();
        while (list.hasRemaining()) {
            ByteBuffer name = slice(list, unsignedByte(list));
            check(name.hasRemaining(), "ALPN");
            // Any byte may stand in a protocol's name (GREASE does); Latin-1 keeps each apart.
            names.add(StandardCharsets.ISO_8859_1.decode(name).toString());
        }
        applicationProtocols = names;
    }

    private void readVersions(ByteBuffer data) throws ProtocolException {
        ByteBuffer list = slice(data, unsignedByte(data));
        check(!data.hasRemaining() && list.hasRemaining() && list.remaining() % 2 == 0, "supported versions");
        List<Integer> offered = new ArrayList<>();
        while (list.hasRemaining()) {
            offered.add(unsignedShort(list));
        }
        versions = offered;
    }

    private static String visible(ByteBuffer bytes, String what) throws ProtocolException {
        String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
        check(text.chars().allMatch(c -> c > ' ' && c < 0x7f), what);
        return text;
    }

    private static int unsignedByte(ByteBuffer from) throws ProtocolException {
        check(from.hasRemaining(), "length");
        return from.get() & 0xff;
    }

    private static int unsignedShort(ByteBuffer from) throws ProtocolException {
        check(from.remaining() >= 2, "length");
        return from.getShort() & 0xffff;
    }

    private static ByteBuffer slice(ByteBuffer from, int length) throws ProtocolException {
        check(from.remaining() >= length, "length");
        ByteBuffer part = from.slice(from.position(), length);
        from.position(from.position() + length);
        return part;
    }

    private static void check(boolean fits, String what) throws ProtocolException {
        if (!fits) {
            throw new ProtocolException("a ClientHello with a wrong " + what);
        }
    }
}
