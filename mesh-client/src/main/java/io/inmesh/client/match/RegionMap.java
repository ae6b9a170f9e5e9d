package io.inmesh.client.match;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hash map from ASCII text to values that is asked with a region of a string, letter case aside, and allocates nothing. Immutable. */
final class RegionMap<T> {

    private final String[] keys;
    private final Object[] values;
    private final int mask;

    /** Takes keys in lower case. */
    RegionMap(Map<String, T> entries) {
        int capacity = Integer.highestOneBit(Math.max(1, entries.size())) << 2;
        keys = new String[capacity];
        values = new Object[capacity];
        mask = capacity - 1;
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
        int length = to - from;
        int slot = hash(text, from, to) & mask;
        while (!vacant(slot)) {
            String key = keys[slot];
            if (key.length() == length && key.regionMatches(true, 0, text, from, length)) {
                return (T) values[slot];
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    @SuppressWarnings("NullAway") // an unused slot of an array is null, which no type can say
    private boolean vacant(int slot) {
        return keys[slot] == null;
    }

    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            hash = 31 * hash + (c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        return hash ^ (hash >>> 16);
    }
}
