package io.inmesh.client.adapter.okhttp;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Gives OkHttp sockets that lead to one endpoint, whatever host and port they are told. Immutable. */
final class MeshSocketFactory extends SocketFactory {

    private final EndpointConnector connector;

    MeshSocketFactory(EndpointConnector connector) {
        this.connector = connector;
    }

    @Override
    public Socket createSocket() {
        return new MeshSocket(connector);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connectsLater();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connectsLater();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connectsLater();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw connectsLater();
    }

    private static UnsupportedOperationException connectsLater() {
        return new UnsupportedOperationException("OkHttp makes a socket first and connects it with a timeout");
    }
}
