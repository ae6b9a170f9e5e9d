package io.inmesh.client.balance;

import io.inmesh.xds.model.cluster.LbPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * Envoy's ring: every endpoint stands on it many times, at the hashes of its key with a number, and a request goes to the one that comes
 * next after its own hash.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/load_balancers#ring-hash">Envoy,
 *     ring hash</a>
 */
final class RingPicker implements Picker {

    private final long[] hashes;
    private final Endpoint[] endpoints;

    private RingPicker(List<Point> points) {
        points.sort(Comparator.comparingLong(point -> point.hash() ^ Long.MIN_VALUE));
        hashes = points.stream().mapToLong(Point::hash).toArray();
        endpoints = points.stream().map(Point::endpoint).toArray(Endpoint[]::new);
    }

    /** Takes at least one endpoint. */
    static RingPicker of(WeightedHosts hosts, LbPolicy.RingHash ring, boolean byHostname) {
        double scale = Math.min(
                Math.ceil(hosts.least() * ring.minimumRingSize()) / hosts.least(), (double) ring.maximumRingSize());
        ToLongFunction<String> function =
                ring.hashFunction() == LbPolicy.HashFunction.MURMUR_HASH_2 ? Hashing::murmur : Hashing::xx;
        List<Point> points = new ArrayList<>();
        double target = 0;
        for (WeightedHosts.Entry entry : hosts.entries()) {
            String prefix = entry.key(byHostname) + "_";
            target += scale * entry.share();
            for (long i = 0; points.size() < target; i++) {
                points.add(new Point(function.applyAsLong(prefix + i), entry.endpoint()));
            }
        }
        return new RingPicker(points);
    }

    @Override
    public Endpoint pick(RandomGenerator chance, long hash, int draw) {
        int low = 0;
        int high = hashes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(hashes[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return endpoints[(int) ((low + (long) draw) % endpoints.length)];
    }

    private record Point(long hash, Endpoint endpoint) {}
}
