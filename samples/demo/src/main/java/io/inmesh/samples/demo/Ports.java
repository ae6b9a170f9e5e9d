package io.inmesh.samples.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that nobody listens on at the moment. */
final class Ports {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private Ports() {}

    /** The wanted port if it is free, else any: so that the printed commands are the same on most machines. */
    static int preferably(int wanted) throws IOException {
        try {
            return bind(wanted);
        } catch (IOException e) {
            return bind(0);
        }
    }

    private static int bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
