package io.inmesh.conformance.pair;

import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.Mesh;
import io.inmesh.conformance.config.Adjustments;
import io.inmesh.conformance.config.Captures;
import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.DiscoveryFiles;
import io.inmesh.conformance.config.EndpointAddresses;
import io.inmesh.conformance.config.ResourceKind;
import io.inmesh.conformance.config.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Our library below an OkHttpClient, with what istiod sent a frontend that calls httpbin. */
public final class JavaClient implements PairClient {

    private static final String CLUSTER = "outbound|8000||httpbin.default.svc.cluster.local";
    private static final String HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private final Mesh mesh;
    private final OkHttpClient client;

    /**
     * Waits until it is ready.
     *
     * @param folder empty; for its files
     */
    public JavaClient(Pairing pairing, int port, WorkloadIdentity identity, Path folder) {
        mesh = Mesh.builder()
                .files(DiscoveryFiles.write(configuration(pairing, port), folder))
                .identity(new FixedIdentity(identity))
                .build();
        try {
            mesh.awaitReady(Duration.ofSeconds(10));
        } catch (MeshNotReadyException e) {
            throw new IllegalStateException(mesh.state().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        client = mesh.okHttp(new OkHttpClient());
    }

    @Override
    public Seen call() {
        Request request =
                new Request.Builder().url("http://httpbin:8000/status/200").build();
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
            return response.code() != 200
                    ? Seen.refused(response.code())
                    : new Seen(
                            200,
                            Seen.orDash(response.header("x-proto")),
                            Seen.orDash(response.header("x-peer")),
                            Seen.orDash(response.header("x-forwarded")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        mesh.close();
    }

    /** What istiod sent, with the pairing's protocol and what is known of the endpoint. */
    public static Configuration configuration(Pairing pairing, int port) {
        Configuration copy = Adjustments.forPortWithTls(Captures.read("permissive-client"), 8000)
                .copy();
        if (pairing.protocol() == Pairing.Protocol.HTTP2) {
            // What h2UpgradePolicy: UPGRADE becomes.
            copy.resources(ResourceKind.CLUSTER).stream()
                    .filter(cluster -> CLUSTER.equals(cluster.get("name")))
                    .forEach(cluster -> cluster.put("typedExtensionProtocolOptions", http2()));
        }
        if (pairing.credentials() == Pairing.Credentials.PLAINTEXT) {
            // An endpoint without the label that says that it can mutual TLS.
            Tree.visit(copy.resources(ResourceKind.ENDPOINTS), node -> {
                if (node.containsKey("endpoint")) {
                    node.remove("metadata");
                }
            });
        }
        return EndpointAddresses.local(copy, endpoint -> port);
    }

    private static Map<String, Object> http2() {
        return Map.of(
                HTTP_OPTIONS,
                Map.of(
                        "@type",
                        "type.googleapis.com/" + HTTP_OPTIONS,
                        "explicitHttpConfig",
                        Map.of("http2ProtocolOptions", Map.of())));
    }
}
