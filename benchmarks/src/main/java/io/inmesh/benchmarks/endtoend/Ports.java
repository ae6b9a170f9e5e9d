package io.inmesh.benchmarks.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports of the called process.
 *
 * @param mutual of the mesh, STRICT
 * @param open of the mesh, without TLS
 * @param plain Tomcat alone
 * @param tls Tomcat alone, with TLS
 */
record Ports(int mutual, int open, int plain, int tls) {

    /** Free a moment ago; the configuration names them before a server has them. */
    static Ports free() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return new Ports(port(sockets, 0), port(sockets, 1), port(sockets, 2), port(sockets, 3));
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static int port(List<ServerSocket> sockets, int index) {
        return sockets.get(index).getLocalPort();
    }

    static Ports parse(String[] args) {
        return new Ports(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]));
    }

    List<String> arguments() {
        return List.of(
                Integer.toString(mutual), Integer.toString(open), Integer.toString(plain), Integer.toString(tls));
    }
}
