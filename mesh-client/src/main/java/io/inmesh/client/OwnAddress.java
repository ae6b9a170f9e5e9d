package io.inmesh.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;

/** The address by which others see this process' calls, as far as it can be told without calling. */
final class OwnAddress {

    private static final String LOOPBACK = "127.0.0.1";

    private OwnAddress() {}

    /** An address of an interface that is up, IPv4 rather than IPv6; the loopback's if there is no other. */
    static String find() {
        try {
            List<InetAddress> addresses = NetworkInterface.networkInterfaces()
                    .filter(OwnAddress::up)
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .toList();
            return addresses.stream()
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .or(() -> addresses.stream().findFirst())
                    .map(InetAddress::getHostAddress)
                    .orElse(LOOPBACK);
        } catch (SocketException e) {
            return LOOPBACK;
        }
    }

    private static boolean up(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }
}
