package io.inmesh.conformance.inbound;

import io.inmesh.api.identity.WorkloadIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

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
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
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

    private SSLSocket tls(Socket plain, InboundRow row) throws IOException, GeneralSecurityException {
        WorkloadIdentity identity = row.caller().equals("nocert") ? null : certificates.of(row.caller());
        SSLSocket socket = (SSLSocket) context(identity).getSocketFactory().createSocket(plain, null, 0, true);
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

    private static SSLContext context(@Nullable WorkloadIdentity identity)
            throws GeneralSecurityException, IOException {
        KeyManager[] keys = null;
        if (identity != null) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "me", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, new char[0]);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Believing()}, null);
        return context;
    }

    private static final class Believing extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
