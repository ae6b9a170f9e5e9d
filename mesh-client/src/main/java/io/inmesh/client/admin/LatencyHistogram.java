package io.inmesh.client.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Durations in buckets whose width grows with the value, as in an HDR histogram: any quantile is right within a sixteenth. One exemplar is
 * kept for each doubling, the latest. Thread-safe; recording takes no lock.
 */
final class LatencyHistogram {

    /** Sub-buckets of a doubling. */
    private static final int SUB = 16;

    private static final int SUB_BITS = 4;
    /** Up to 2^36 microseconds, which is 19 hours. */
    private static final int DOUBLINGS = 33;

    private final AtomicLongArray counts = new AtomicLongArray(SUB * DOUBLINGS);
    private final AtomicReferenceArray<@Nullable Exemplar> exemplars = new AtomicReferenceArray<>(DOUBLINGS);
    private final LongAdder sumMicros = new LongAdder();

    /** A call that took so long, by the name under which a trace or a log has it. */
    record Exemplar(String id, long micros, Instant at) {}

    /**
     * Adds a duration.
     *
     * @param id empty if the call has none; then it is no exemplar
     */
    void record(long micros, String id, Instant at) {
        int bucket = bucket(Math.max(0, micros));
        counts.incrementAndGet(bucket);
        sumMicros.add(Math.max(0, micros));
        if (!id.isEmpty()) {
            exemplars.set(bucket / SUB, new Exemplar(id, micros, at));
        }
    }

    private static int bucket(long micros) {
        if (micros < SUB) {
            return (int) micros;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        int sub = (int) (micros >>> (exponent - SUB_BITS)) - SUB;
        return Math.min(SUB * (exponent - SUB_BITS + 1) + sub, SUB * DOUBLINGS - 1);
    }

    /** The largest value of a bucket. */
    private static long upper(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        return ((long) (SUB + bucket % SUB + 1) << shift) - 1;
    }

    long count() {
        long count = 0;
        for (int i = 0; i < counts.length(); i++) {
            count += counts.get(i);
        }
        return count;
    }

    long sumMicros() {
        return sumMicros.sum();
    }

    /**
     * A value that the given share of durations does not exceed; 0 if there are none.
     *
     * @param share from 0 to 1
     */
    long quantileMicros(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count()));
        long seen = 0;
        for (int i = 0; i < counts.length(); i++) {
            seen += counts.get(i);
            if (seen >= rank) {
                return upper(i);
            }
        }
        return 0;
    }

    /** The shortest first. */
    List<Exemplar> exemplars() {
        List<Exemplar> found = new ArrayList<>();
        for (int i = 0; i < exemplars.length(); i++) {
            Exemplar exemplar = exemplars.get(i);
            if (exemplar != null) {
                found.add(exemplar);
            }
        }
        return found;
    }
}
