package io.inmesh.xds.model.cluster;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an endpoint is chosen. */
public sealed interface LbPolicy {

    /** One after the other, by weight. */
    record RoundRobin(@Nullable SlowStart slowStart) implements LbPolicy {}

    /**
     * The least busy of some drawn at random or, with unequal weights, a round robin whose weights sink with load.
     *
     * @param choiceCount how many are drawn; 2 by default
     * @param activeRequestBias how much load lowers a weight; 1.0 by default
     */
    record LeastRequest(
            long choiceCount,
            double activeRequestBias,
            @Nullable SlowStart slowStart) implements LbPolicy {}

    /** Any. */
    record Random() implements LbPolicy {}

    /**
     * Consistent hashing on a ring.
     *
     * @param minimumRingSize 1024 by default
     * @param maximumRingSize 8388608 by default
     */
    record RingHash(long minimumRingSize, long maximumRingSize, HashFunction hashFunction) implements LbPolicy {

        private static final long LARGEST = 8_388_608;

        public RingHash {
            Objects.requireNonNull(hashFunction, "hashFunction");
            if (minimumRingSize > maximumRingSize) {
                throw new IllegalArgumentException("A ring's minimum size is not above its maximum");
            }
            if (minimumRingSize < 0 || maximumRingSize < 0 || maximumRingSize > LARGEST) {
                throw new IllegalArgumentException("A ring has at most " + LARGEST + " places");
            }
        }
    }

    /** Consistent hashing with a table, whose size is a prime; 65537 by default. */
    record Maglev(long tableSize) implements LbPolicy {

        private static final long LARGEST = 5_000_011;

        public Maglev {
            if (tableSize < 2 || tableSize > LARGEST || !prime(tableSize)) {
                throw new IllegalArgumentException(
                        "A table's size is a prime of at most " + LARGEST + ", which " + tableSize + " is not");
            }
        }

        private static boolean prime(long number) {
            for (long divisor = 2; divisor * divisor <= number; divisor++) {
                if (number % divisor == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** There is nothing to choose; goes with {@link Discovery.OriginalDst}. */
    record ClusterProvided() implements LbPolicy {}

    /** A policy that Inmesh does not know; some other is used and that is reported. */
    record Unsupported(String field) implements LbPolicy {
        public Unsupported {
            Objects.requireNonNull(field, "field");
        }
    }

    /** Envoy's ring hash functions. */
    enum HashFunction {
        XX_HASH,
        MURMUR_HASH_2
    }

    /**
     * New endpoints get their share bit by bit.
     *
     * @param window how long; zero is off
     * @param aggression exponent of the growth; 1.0 by default: linear
     * @param minWeightPercent the first share; 10 by default
     */
    record SlowStart(Duration window, double aggression, double minWeightPercent) {
        public SlowStart {
            Objects.requireNonNull(window, "window");
        }
    }
}
