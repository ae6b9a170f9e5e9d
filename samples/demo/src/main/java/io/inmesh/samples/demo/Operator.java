package io.inmesh.samples.demo;

import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A member of the mesh who calls one process directly, with nothing but the JDK and a certificate: what curl does, too. */
final class Operator {

    private static final char[] NO_PASSWORD = new char[0];
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;

    /**
     * Calls as an identity.
     *
     * @throws IOException if this JDK cannot use its key
     */
    Operator(WorkloadIdentity identity) throws IOException {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .sslContext(context(identity))
                .build();
    }

    /** Lets an instance of reviews fail, or be well again. */
    void failing(int port, boolean on) throws IOException, InterruptedException {
        int status = call(port, "PUT", "/failing/" + on).status();
        if (status != 200) {
            throw new IOException("reviews at port " + port + " did not take the order: " + status);
        }
    }

    Answer call(int port, String method, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    record Answer(int status, String text) {}

    private static SSLContext context(WorkloadIdentity identity) throws IOException {
        try {
            return tls(identity);
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS with this identity", e);
        }
    }

    private static SSLContext tls(WorkloadIdentity identity) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("svid", identity.key(), NO_PASSWORD, identity.chain().toArray(new X509Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new SvidTrust(identity.trustBundle())}, null);
        return context;
    }
}
