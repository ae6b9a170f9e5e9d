package io.inmesh.client.adapter.okhttp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.connection.Exchange;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.http.CallServerInterceptor;
import okhttp3.internal.http.RealInterceptorChain;

/**
 * An attempt as a call of OkHttp's of which the network's part alone runs: a connection, the application's network interceptors, the exchange.
 * What comes before in OkHttp's own list has run above the mesh. Thread-safe: anybody may cancel.
 */
final class NetworkCall {

    private final RealCall call;
    private final AttemptClient client;
    private final Request request;
    private final List<Interceptor> interceptors;

    /**
     * Prepares it.
     *
     * @param interceptors the application's network interceptors
     */
    NetworkCall(AttemptClient client, Request request, AttemptEvents events, List<Interceptor> interceptors) {
        call = new RealCall(client.client(), request, false);
        call.setEventListener$okhttp(events);
        this.client = client;
        this.request = request;
        this.interceptors = interceptors;
    }

    void cancel() {
        call.cancel();
    }

    /** Until the response's head is there. Once. */
    Response execute() throws IOException {
        Response response = null;
        try {
            response = exchange();
            if (call.isCanceled()) {
                response.close();
                throw new IOException("Canceled");
            }
            return response;
        } catch (IOException e) {
            IOException explained = call.noMoreExchanges$okhttp(e);
            throw explained == null ? e : explained;
        } finally {
            call.noMoreExchanges$okhttp(null);
        }
    }

    private Response exchange() throws IOException {
        RealInterceptorChain start =
                new RealInterceptorChain(call, List.of(), 0, (Void) null, request, client.client());
        call.enterNetworkInterceptorExchange(client.destination(), true, start);
        Response response = null;
        try {
            Exchange exchange = call.initExchange$okhttp(start);
            response = interceptors.isEmpty() ? server(exchange, request) : intercepted(exchange);
            return response;
        } finally {
            call.exitNetworkInterceptorExchange$okhttp(response == null);
        }
    }

    private Response intercepted(Exchange exchange) throws IOException {
        List<Interceptor> way = new ArrayList<>(interceptors);
        way.add(new OnceToServer(exchange));
        return new MeshChain(chain(exchange, request), way, 0, request).proceed(request);
    }

    private Response server(Exchange exchange, Request written) throws IOException {
        return CallServerInterceptor.INSTANCE.intercept(chain(exchange, written));
    }

    private RealInterceptorChain chain(Exchange exchange, Request written) {
        OkHttpClient of = client.client();
        return new RealInterceptorChain(
                call,
                List.of(),
                0,
                exchange,
                written,
                of.connectTimeoutMillis(),
                of.readTimeoutMillis(),
                of.writeTimeoutMillis(),
                of.authenticator(),
                of.cache(),
                of.certificatePinner(),
                of.connectionPool(),
                of.cookieJar(),
                of.dns(),
                of.hostnameVerifier(),
                of.proxy(),
                of.proxyAuthenticator(),
                of.proxySelector(),
                of.retryOnConnectionFailure(),
                of.socketFactory(),
                null,
                null,
                null);
    }

    /** An exchange is one: OkHttp refuses network interceptors that go on twice, to another host, or not at all. */
    private final class OnceToServer implements Interceptor {

        private final Exchange exchange;
        private boolean reached;

        OnceToServer(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public Response intercept(Chain chain) throws IOException {
            if (reached) {
                throw new IllegalStateException("network interceptors must call proceed() exactly once");
            }
            reached = true;
            Request written = chain.request();
            if (!written.url().host().equals(request.url().host())
                    || written.url().port() != request.url().port()) {
                throw new IllegalStateException("network interceptors must retain the same host and port");
            }
            return server(exchange, written);
        }
    }
}
