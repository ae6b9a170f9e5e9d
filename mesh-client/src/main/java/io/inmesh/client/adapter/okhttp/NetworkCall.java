package io.inmesh.client.adapter.okhttp;

import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
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

    private NetworkCall() {}

    /** An attempt that can be cancelled from now on. */
    static RealCall prepared(AttemptClient client, Request request, AttemptEvents events) {
        RealCall call = new RealCall(client.client(), request, false);
        call.setEventListener$okhttp(events);
        return call;
    }

    /**
     * Carries it out, until the response's head is there. Once.
     *
     * @param interceptors the application's network interceptors
     */
    static Response execute(RealCall call, AttemptClient client, List<Interceptor> interceptors) throws IOException {
        Response response = null;
        try {
            response = exchange(call, client, interceptors);
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

    private static Response exchange(RealCall call, AttemptClient client, List<Interceptor> interceptors)
            throws IOException {
        Request request = call.getOriginalRequest();
        RealInterceptorChain start =
                new RealInterceptorChain(call, List.of(), 0, (Void) null, request, client.client());
        call.enterNetworkInterceptorExchange(client.destination(), true, start);
        Response response = null;
        try {
            Exchange exchange = call.initExchange$okhttp(start);
            response = interceptors.isEmpty()
                    ? CallServerInterceptor.INSTANCE.intercept(chain(call, exchange, request))
                    : intercepted(call, exchange, interceptors);
            return response;
        } finally {
            call.exitNetworkInterceptorExchange$okhttp(response == null);
        }
    }

    private static Response intercepted(RealCall call, Exchange exchange, List<Interceptor> interceptors)
            throws IOException {
        Request request = call.getOriginalRequest();
        Interceptor server = new OnceToServer(call, exchange);
        return new MeshChain(chain(call, exchange, request), interceptors, 0, server, request).proceed(request);
    }

    private static RealInterceptorChain chain(RealCall call, Exchange exchange, Request written) {
        OkHttpClient of = call.getClient();
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
    private static final class OnceToServer implements Interceptor {

        private final RealCall call;
        private final Exchange exchange;
        private boolean reached;

        OnceToServer(RealCall call, Exchange exchange) {
            this.call = call;
            this.exchange = exchange;
        }

        @Override
        public Response intercept(Chain chain) throws IOException {
            if (reached) {
                throw new IllegalStateException("network interceptors must call proceed() exactly once");
            }
            reached = true;
            Request written = chain.request();
            HttpUrl before = call.getOriginalRequest().url();
            HttpUrl after = written.url();
            if (!after.host().equals(before.host()) || after.port() != before.port()) {
                throw new IllegalStateException("network interceptors must retain the same host and port");
            }
            return CallServerInterceptor.INSTANCE.intercept(chain(call, exchange, written));
        }
    }
}
