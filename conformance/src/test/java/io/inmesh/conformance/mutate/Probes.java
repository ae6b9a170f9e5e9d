package io.inmesh.conformance.mutate;

import java.util.BitSet;

/** Where instrumented code says that it was here. Each copy of our code loads its own, so that none sees another's. Thread-safe. */
public final class Probes {

    /** What the thread of our side's timers is called: it may come late, for an earlier row. */
    public static final String TIMERS = "timers";

    // Code that is changed while it is loaded can reach nothing but a static method.
    private static final BitSet HIT = new BitSet();
    private static final BitSet HIT_BY_TIMERS = new BitSet();

    private Probes() {}

    /** Called by instrumented code. */
    public static void hit(int point) {
        BitSet set = Thread.currentThread().getName().equals(TIMERS) ? HIT_BY_TIMERS : HIT;
        synchronized (HIT) {
            set.set(point);
        }
    }

    /**
     * The points that were hit since the last time.
     *
     * @param timers whether those that timers hit are among them
     */
    public static BitSet drain(boolean timers) {
        synchronized (HIT) {
            BitSet hit = (BitSet) HIT.clone();
            if (timers) {
                hit.or(HIT_BY_TIMERS);
            }
            HIT.clear();
            HIT_BY_TIMERS.clear();
            return hit;
        }
    }
}
