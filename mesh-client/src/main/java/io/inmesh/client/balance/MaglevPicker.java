package io.inmesh.client.balance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Envoy's Maglev table: endpoints take places in turn, each along a permutation of its own, until the table is full.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/load_balancers#maglev">Envoy,
 *     Maglev</a>
 */
final class MaglevPicker implements Picker {

    static final long DEFAULT_SIZE = 65_537;

    private final Endpoint[] endpoints;
    private final int[] table;

    private MaglevPicker(Endpoint[] endpoints, int[] table) {
        this.endpoints = endpoints;
        this.table = table;
    }

    /** Takes at least one endpoint, and a size that is prime and at most 5,000,011. */
    static MaglevPicker of(WeightedHosts hosts, long size, boolean byHostname) {
        List<Turn> turns = hosts.entries().stream()
                .map(entry -> new Turn(entry, entry.key(byHostname), size))
                .sorted(Comparator.comparing(turn -> turn.key))
                .toList();
        int[] table = new int[Math.toIntExact(size)];
        Arrays.fill(table, -1);
        int taken = 0;
        for (long round = 1; taken < table.length; round++) {
            for (int i = 0; i < turns.size() && taken < table.length; i++) {
                if (turns.get(i).comes(round, hosts.most())) {
                    table[turns.get(i).take(table)] = i;
                    taken++;
                }
            }
        }
        return new MaglevPicker(
                turns.stream().map(turn -> turn.entry.endpoint()).toArray(Endpoint[]::new), table);
    }

    @Override
    public Endpoint pick(RandomGenerator chance, long hash, int draw) {
        // A further draw changes most bits of the hash, so that it leads elsewhere.
        long drawn = draw == 0 ? hash : hash ^ -(long) draw;
        return endpoints[table[(int) Long.remainderUnsigned(drawn, table.length)]];
    }

    /** An endpoint while the table fills. */
    private static final class Turn {

        private final WeightedHosts.Entry entry;
        private final String key;
        private final long size;
        private final long offset;
        private final long skip;
        private long next;
        private double target;

        private Turn(WeightedHosts.Entry entry, String key, long size) {
            this.entry = entry;
            this.key = key;
            this.size = size;
            offset = Long.remainderUnsigned(Hashing.xx(key), size);
            skip = Long.remainderUnsigned(Hashing.xx(key, 1), size - 1) + 1;
        }

        /** The heaviest endpoint comes every round, one of a third of its weight every third. */
        private boolean comes(long round, double most) {
            if (round * entry.share() < target) {
                return false;
            }
            target += most;
            return true;
        }

        private int take(int[] table) {
            int place = place();
            while (table[place] >= 0) {
                place = place();
            }
            return place;
        }

        private int place() {
            return (int) Long.remainderUnsigned(offset + skip * next++, size);
        }
    }
}
