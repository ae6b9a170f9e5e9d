package io.inmesh.client.adapter.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;

/** A scripted upstream on loopback; what it was asked is in its records. */
final class Server implements AutoCloseable {

    final MockWebServer web = new MockWebServer();

    static Server http1(MockResponse... answers) throws IOException {
        return started(List.of(Protocol.HTTP_1_1), answers);
    }

    static Server http2(MockResponse... answers) throws IOException {
        return started(List.of(Protocol.H2_PRIOR_KNOWLEDGE), answers);
    }

    private static Server started(List<Protocol> protocols, MockResponse... answers) throws IOException {
        Server server = new Server();
        server.web.setProtocols(protocols);
        for (MockResponse answer : answers) {
            server.web.enqueue(answer);
        }
        server.web.start(InetAddress.getLoopbackAddress(), 0);
        return server;
    }

    /** Always the same answer. */
    Server always(MockResponse answer) {
        web.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer;
            }
        });
        return this;
    }

    int port() {
        return web.getPort();
    }

    int count() {
        return web.getRequestCount();
    }

    RecordedRequest next() throws InterruptedException {
        RecordedRequest request = web.takeRequest(5, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("The server was not asked");
        }
        return request;
    }

    static MockResponse answer(int code, String body) {
        return new MockResponse.Builder().code(code).body(body).build();
    }

    @Override
    public void close() {
        web.close();
    }
}
