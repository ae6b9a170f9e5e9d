package io.inmesh.conformance.side;

import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** A bare OkHttpClient whose connections all end at a proxy, as iptables would lead them there. */
final class ProxiedOkHttp implements Caller {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final OkHttpClient client;

    ProxiedOkHttp(InetSocketAddress proxy) {
        client = new OkHttpClient.Builder()
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .readTimeout(LIMIT)
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .dns(host -> List.of(InetAddress.getLoopbackAddress()))
                .socketFactory(new ToProxy(proxy))
                .build();
    }

    @Override
    public Response call(Request request) throws IOException {
        return OkHttpMessages.call(client, request);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** Sockets that connect to one address, whichever they are told. */
    private static final class ToProxy extends SocketFactory {

        private final InetSocketAddress proxy;

        ToProxy(InetSocketAddress proxy) {
            this.proxy = proxy;
        }

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress told, int timeout) throws IOException {
                    super.connect(proxy, timeout);
                    setTcpNoDelay(true);
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("OkHttp connects by itself");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException("OkHttp connects by itself");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException("OkHttp connects by itself");
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException("OkHttp connects by itself");
        }
    }
}
