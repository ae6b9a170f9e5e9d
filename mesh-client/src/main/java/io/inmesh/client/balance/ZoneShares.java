package io.inmesh.client.balance;

import io.inmesh.xds.model.endpoint.Locality;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How calls are shared among a cluster's zones so that each keeps its own as far as its endpoints suffice, and all endpoints get the same load:
 * Envoy's arithmetic in ten-thousandths. Immutable.
 */
final class ZoneShares {

    private static final int ALL = 10_000;

    private final int own;
    private final long ownPercent;
    private final long[] residual;

    private ZoneShares(int own, long ownPercent, long[] residual) {
        this.own = own;
        this.ownPercent = ownPercent;
        this.residual = residual;
    }

    /**
     * Computes the shares.
     *
     * @param places of the zones, all different
     * @param healthy endpoints of each
     */
    static ZoneShares of(List<Locality> places, long[] healthy, LocalCluster callers) {
        long all = 0;
        for (long count : healthy) {
            all += count;
        }
        int own = places.indexOf(callers.own());
        long[] residual = new long[healthy.length];
        long ownShare = 0;
        long sum = 0;
        for (int i = 0; i < healthy.length; i++) {
            long upstream = all == 0 ? 0 : ALL * healthy[i] / all;
            long local = healthy[i] == 0 ? 0 : callers.share(places.get(i));
            if (i == own) {
                ownShare = share(upstream, local);
            } else {
                sum += Math.max(0, upstream - local);
            }
            residual[i] = sum;
        }
        return new ZoneShares(own, ownShare, residual);
    }

    /** Of the own zone's calls: all that its endpoints have a right to, and no more than all. */
    private static long share(long upstream, long local) {
        if (upstream > 0 && upstream >= local) {
            return ALL;
        }
        return local > 0 ? upstream * ALL / local : 0;
    }

    /** The zone that a call goes to. */
    int choose(RandomGenerator chance) {
        if (own >= 0 && (ownPercent >= ALL || draw(chance, ALL) < ownPercent)) {
            return own;
        }
        long capacity = residual[residual.length - 1];
        if (capacity == 0) {
            // Rounding left nothing over: any will do.
            return (int) draw(chance, residual.length);
        }
        long drawn = draw(chance, capacity);
        int zone = 0;
        while (drawn >= residual[zone]) {
            zone++;
        }
        return zone;
    }

    private static long draw(RandomGenerator chance, long bound) {
        return Long.remainderUnsigned(chance.nextLong(), bound);
    }
}
