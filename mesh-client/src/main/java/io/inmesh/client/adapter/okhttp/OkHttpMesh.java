package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.BlockingDriver;
import io.inmesh.client.pipeline.EndpointTls;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.pipeline.Signal;
import io.inmesh.client.resilience.Timers;
import io.inmesh.client.security.ClientTlsFactory;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Leads an application's OkHttp clients through the mesh. Thread-safe. */
public final class OkHttpMesh implements AutoCloseable {

    private static final String OKHTTP = "okhttp3/OkHttpClient.class";

    private final AttemptClients clients;
    private final MeshInterceptor interceptor;

    /**
     * Wires the adapter.
     *
     * @param readyWaitNanos how long a call waits for the first configuration
     * @param throwing whether what Envoy would answer with a response flag is thrown as a
     *     {@link io.inmesh.api.error.LocalReplyException} instead
     * @param copies sends copies of requests for mirrors, and blocks with them; what it has no room for it drops
     * @throws MeshConfigurationException if the class path has two OkHttps
     */
    public OkHttpMesh(
            OutboundPipeline pipeline,
            ClientTlsFactory tls,
            Timers timers,
            MeshClock clock,
            long readyWaitNanos,
            boolean throwing,
            Executor copies) {
        requireOneOkHttp(OkHttpMesh.class.getClassLoader());
        clients = new AttemptClients(clock);
        BlockingDriver<OutboundRequest, Response> driver = new BlockingDriver<>(
                pipeline,
                new OkHttpTransport(clients, new EndpointTls(tls), clock),
                timers,
                Signal::await,
                clock,
                readyWaitNanos,
                copies);
        interceptor = new MeshInterceptor(driver, new PolicyEdits(pipeline.policies()), timers, clock, throwing);
    }

    /**
     * The client with the mesh below it. Interceptors, redirects, authenticator, cookies, cache and limits stay above, run once for a call
     * and see logical URLs; network interceptors run for each attempt. A client derived with {@code newBuilder()} is in the mesh too,
     * interceptors added to it included. A client that is in the mesh already is returned as it is.
     */
    public OkHttpClient client(OkHttpClient application) {
        if (application.interceptors().contains(interceptor)) {
            return application;
        }
        return application
                .newBuilder()
                .addInterceptor(interceptor)
                .eventListenerFactory(new CallerDeadlines(application.eventListenerFactory()))
                .build();
    }

    /** A request's head as policies see it before OkHttp completes its headers. */
    public static MeshRequest head(Request request) {
        return new RequestHead(request, false);
    }

    /** Closes idle connections to endpoints; what is under way ends by itself. */
    @Override
    public void close() {
        clients.close();
    }

    /** How many inner clients there are, for health and tests. */
    public int endpointClients() {
        return clients.size();
    }

    /** An application's own OkHttp 4 beside ours would win or lose by chance of the class path. */
    static void requireOneOkHttp(ClassLoader loader) {
        try {
            List<URL> found = Collections.list(loader.getResources(OKHTTP));
            if (found.size() > 1) {
                throw new MeshConfigurationException(
                        "The class path has more than one OkHttp: " + found
                                + ". Inmesh needs com.squareup.okhttp3:okhttp-jvm 5; remove the other, which is most often an"
                                + " okhttp 4 of the application's own (okhttp 5 displaces it when both are managed by okhttp-bom).");
            }
        } catch (IOException e) {
            throw new MeshConfigurationException("The class path cannot be searched for OkHttp", e);
        }
    }
}
