package io.inmesh.client.adapter.okhttp;

import java.net.InetAddress;
import java.util.List;
import okhttp3.Dns;

/**
 * Resolves every name to the picked endpoint. OkHttp tells its connections apart by the instance, so each client has its own.
 * Immutable.
 */
final class EndpointDns implements Dns {

    private final List<InetAddress> addresses;

    EndpointDns(InetAddress address) {
        addresses = List.of(address);
    }

    @Override
    public List<InetAddress> lookup(String hostname) {
        return addresses;
    }
}
