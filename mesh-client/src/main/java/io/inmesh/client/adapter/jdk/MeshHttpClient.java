package io.inmesh.client.adapter.jdk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A JDK client whose requests for hosts of the mesh go through the mesh, and all others through the application's own, untouched. Redirects,
 * cookies, connect and request timeouts are those of the application's client; its proxy, authenticator and TLS settings hold for hosts
 * outside only. Thread-safe.
 */
public final class MeshHttpClient extends HttpClient {

    private final HttpClient original;
    private final OkHttpClient mesh;
    private final Predicate<URI> carries;

    private MeshHttpClient(HttpClient original, OkHttpClient mesh, Predicate<URI> carries) {
        this.original = original;
        this.mesh = mesh;
        this.carries = carries;
    }

    /**
     * Puts the mesh before a client; one that has it already stays as it is.
     *
     * @param mesh a client that goes through the mesh
     * @param carries whether the mesh carries requests for an address
     */
    public static HttpClient of(HttpClient original, OkHttpClient mesh, Predicate<URI> carries) {
        if (original instanceof MeshHttpClient) {
            return original;
        }
        OkHttpClient.Builder client = mesh.newBuilder()
                .followRedirects(original.followRedirects() != Redirect.NEVER)
                .followSslRedirects(original.followRedirects() == Redirect.ALWAYS)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
        original.connectTimeout().ifPresent(client::connectTimeout);
        original.cookieHandler().ifPresent(cookies -> client.cookieJar(new HandlerCookies(cookies)));
        return new MeshHttpClient(original, client.build(), carries);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (!carries.test(request.uri())) {
            return original.send(request, handler);
        }
        CompletableFuture<HttpResponse<T>> response = sendAsync(request, handler);
        try {
            return response.get();
        } catch (InterruptedException e) {
            response.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static IOException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof HttpTimeoutException timeout) {
            HttpTimeoutException ours = new HttpTimeoutException(timeout.getMessage());
            ours.initCause(timeout);
            return ours;
        }
        return new IOException(cause == null ? failure.getMessage() : cause.getMessage(), cause);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return carries.test(request.uri()) ? enqueue(request, handler) : original.sendAsync(request, handler);
    }

    /** The mesh pushes nothing, so that the handler of pushes is never called for its hosts. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        return carries.test(request.uri()) ? enqueue(request, handler) : original.sendAsync(request, handler, pushes);
    }

    private <T> CompletableFuture<HttpResponse<T>> enqueue(HttpRequest request, BodyHandler<T> handler) {
        Call call = mesh.newCall(JdkRequests.convert(request));
        request.timeout().ifPresent(limit -> call.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS));
        CancellingFuture<HttpResponse<T>> future = new CancellingFuture<>(call);
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                future.completeExceptionally(explained(request, e));
            }

            @Override
            public void onResponse(Call answered, Response response) {
                BodyDelivery.start(request, response, handler, mesh.dispatcher().executorService(), future);
            }
        });
        return future;
    }

    private static IOException explained(HttpRequest request, IOException failure) {
        if (failure instanceof InterruptedIOException && request.timeout().isPresent()) {
            HttpTimeoutException timeout = new HttpTimeoutException("request timed out");
            timeout.initCause(failure);
            return timeout;
        }
        return failure;
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return original.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return original.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return original.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return original.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return original.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return original.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return original.authenticator();
    }

    @Override
    public Version version() {
        return original.version();
    }

    @Override
    public Optional<Executor> executor() {
        return original.executor();
    }

    /** WebSockets go as they always did: the JDK's builder cannot be led elsewhere. */
    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return original.newWebSocketBuilder();
    }
}
