package io.inmesh.api.fetch;

import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * GETs a document over HTTP or HTTPS. The address that was checked is the address that is connected to: names are resolved here and
 * once, so that nothing can be rebound in between. Bounded in time, size and redirects. Thread-safe; blocks.
 */
public final class DocumentFetcher {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_REDIRECTS = 3;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int OK = 200;

    private final FetchRule rule;
    private final SSLSocketFactory tls;
    private final MeshClock clock;

    /**
     * A fetcher.
     *
     * @param tls decides whom HTTPS trusts; names are checked in any case
     */
    public DocumentFetcher(FetchRule rule, SSLSocketFactory tls, MeshClock clock) {
        this.rule = rule;
        this.tls = tls;
        this.clock = clock;
    }

    /**
     * The document as text in UTF-8.
     *
     * @param timeout of everything together
     * @throws IOException if the address may not be fetched from, does not answer in time, or answers anything but 200
     */
    public String fetch(URI uri, Duration timeout) throws IOException {
        long deadline = clock.nanoTime() + timeout.toNanos();
        URI at = uri;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            HttpAnswer answer = get(at, deadline);
            if (answer.status() == OK) {
                return answer.body();
            }
            if (answer.location().isEmpty()) {
                throw new IOException(at + " answers " + answer.status());
            }
            at = redirected(at, answer.location());
        }
        throw new IOException(uri + " leads through more than " + MAX_REDIRECTS + " redirects");
    }

    private static URI redirected(URI from, String location) throws IOException {
        try {
            URI to = from.resolve(location);
            if (isHttps(from) && !isHttps(to)) {
                throw new IOException(from + " leads away from HTTPS");
            }
            return to;
        } catch (IllegalArgumentException noUri) {
            throw new IOException(from + " leads to what is no URI", noUri);
        }
    }

    private HttpAnswer get(URI uri, long deadline) throws IOException {
        boolean https = isHttps(uri);
        String host = uri.getHost();
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if (!(https || http) || host == null || uri.getRawUserInfo() != null) {
            throw new IOException(uri + " is no address of HTTP that may be fetched from");
        }
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = uri.getPort() >= 0 ? uri.getPort() : https ? HTTPS_PORT : HTTP_PORT;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(resolve(uri, name), port), millisUntil(deadline));
            Socket socket = https ? secured(plain, name, port, deadline) : plain;
            send(socket.getOutputStream(), uri);
            return HttpAnswer.read(new DeadlineInput(socket, clock, deadline, MAX_BYTES));
        }
    }

    private InetAddress resolve(URI uri, String name) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(name);
        for (InetAddress address : addresses) {
            if (!rule.allows(address)) {
                throw new IOException(uri + " leads to " + address.getHostAddress()
                        + ", which is not on the public network and was not allowed");
            }
        }
        return addresses[0];
    }

    private SSLSocket secured(Socket plain, String host, int port, long deadline) throws IOException {
        plain.setSoTimeout(millisUntil(deadline));
        SSLSocket secured = (SSLSocket) tls.createSocket(plain, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static void send(OutputStream out, URI uri) throws IOException {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        String request = "GET " + target + " HTTP/1.1\r\nHost: " + uri.getRawAuthority()
                + "\r\nAccept: application/json\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private int millisUntil(long deadline) throws IOException {
        return DeadlineInput.millisUntil(deadline, clock);
    }

    private static boolean isHttps(URI uri) {
        return uri.getScheme() != null
                && uri.getScheme().toLowerCase(Locale.ROOT).equals("https");
    }
}
