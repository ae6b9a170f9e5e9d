package io.inmesh.client.adapter.okhttp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Resolves every name to the picked endpoint: its address, or the name that a DNS cluster has in its place. OkHttp tells its
 * connections apart by the instance, so each client has its own. Immutable.
 *
 * @param host an IP literal or a name
 */
record EndpointDns(String host) implements Dns {

    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        return Dns.SYSTEM.lookup(host);
    }
}
