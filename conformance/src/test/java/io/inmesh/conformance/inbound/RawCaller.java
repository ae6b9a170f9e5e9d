package io.inmesh.conformance.inbound;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Sends a row's bytes and reads what comes back until the connection ends. Believes any server: the server is what is tested. */
final class RawCaller {

    private static final int LIMIT_MILLIS = 10_000;

    private final Certificates certificates;
    private final Placeholders placeholders;

    RawCaller(Certificates certificates, Placeholders placeholders) {
        this.certificates = certificates;
        this.placeholders = placeholders;
    }

    InboundAnswer call(InboundRow row, int port) {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            plain.setSoTimeout(LIMIT_MILLIS);
            Socket socket = row.caller().equals("plain") ? plain : tls(plain, row);
            return InboundAnswer.parse(exchange(socket, placeholders.fill(row.bytes())));
        } catch (IOException refused) {
            return InboundAnswer.CLOSED;
        }
    }

    private static String exchange(Socket socket, String bytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.write(buffer, 0, count);
                if (InboundAnswer.complete(all.toString(StandardCharsets.ISO_8859_1))) {
                    break;
                }
            }
        } catch (IOException reset) {
            // What came before it is the answer.
            return all.toString(StandardCharsets.ISO_8859_1);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private SSLSocket tls(Socket plain, InboundRow row) throws IOException {
        WorkloadIdentity identity = row.caller().equals("nocert") ? null : certificates.of(row.caller());
        SSLSocket socket =
                (SSLSocket) TestTls.believing(identity).getSocketFactory().createSocket(plain, null, 0, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(row.alpn().toArray(String[]::new));
        if (row.serverName() != null) {
            byte[] name = row.serverName().getBytes(StandardCharsets.US_ASCII);
            parameters.setServerNames(List.of(new SNIServerName(0, name) {}));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
