package io.inmesh.conformance.mutate;

import java.util.BitSet;

/** Where instrumented code says that it was here. Thread-safe. */
public final class Probes {

    // Code that is changed while it is loaded can reach nothing but a static method.
    private static final BitSet HIT = new BitSet();

    private Probes() {}

    /** Called by instrumented code. */
    public static void hit(int point) {
        synchronized (HIT) {
            HIT.set(point);
        }
    }

    /** The points that were hit since the last time. */
    static BitSet drain() {
        synchronized (HIT) {
            BitSet hit = (BitSet) HIT.clone();
            HIT.clear();
            return hit;
        }
    }
}
