package io.inmesh.api.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the addresses of names, for clusters whose endpoints are names. Called on a thread of the mesh's own, one name at a time; it may block. */
@FunctionalInterface
public interface NameResolver {

    /**
     * Finds the addresses of a name now.
     *
     * @throws UnknownHostException if it cannot be told; what was known of the name before then stays
     */
    Answer resolve(String name) throws UnknownHostException;

    /** The JDK's, which follows the operating system's settings and tells no time to live. */
    static NameResolver jdk() {
        return name -> new Answer(List.of(InetAddress.getAllByName(name)), null);
    }

    /**
     * What a name stands for.
     *
     * @param addresses in the order of the answer; empty if it is certain that the name has none, or not any longer
     * @param timeToLive null if it is not known: the cluster's refresh rate then holds
     */
    record Answer(List<InetAddress> addresses, @Nullable Duration timeToLive) {
        public Answer {
            addresses = List.copyOf(addresses);
        }
    }
}
