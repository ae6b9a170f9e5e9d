package io.inmesh.client.match;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hash map from text to values that is asked with a region of a string and allocates nothing. Immutable. */
final class RegionMap<T> {

    private final String[] keys;
    private final Object[] values;
    private final int mask;
    private final boolean ignoreCase;

    /**
     * Copies the entries.
     *
     * @param ignoreCase letter case does not matter; the keys are in lower case
     */
    RegionMap(Map<String, ? extends T> entries, boolean ignoreCase) {
        int capacity = Integer.highestOneBit(Math.max(1, entries.size())) << 2;
        keys = new String[capacity];
        values = new Object[capacity];
        mask = entries.isEmpty() ? -1 : capacity - 1;
        this.ignoreCase = ignoreCase;
        entries.forEach(this::put);
    }

    private void put(String key, T value) {
        int slot = hash(key, 0, key.length()) & mask;
        while (!vacant(slot)) {
            slot = (slot + 1) & mask;
        }
        keys[slot] = key;
        values[slot] = value;
    }

    @SuppressWarnings("unchecked") // only put() stores values
    @Nullable
    T find(String text, int from, int to) {
        if (mask < 0) {
            return null;
        }
        int slot = hash(text, from, to) & mask;
        while (!vacant(slot)) {
            if (is(keys[slot], text, from, to)) {
                return (T) values[slot];
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    private boolean is(String key, String text, int from, int to) {
        int length = to - from;
        return key.length() == length && (ignoreCase ? Ascii.region(text, from, key) : text.startsWith(key, from));
    }

    @SuppressWarnings("NullAway") // an unused slot of an array is null, which no type can say
    private boolean vacant(int slot) {
        return keys[slot] == null;
    }

    private int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            hash = 31 * hash + (ignoreCase ? Ascii.lower(c) : c);
        }
        // Texts that differ in their last characters only have hashes side by side; the product scatters them.
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
