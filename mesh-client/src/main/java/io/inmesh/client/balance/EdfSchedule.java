package io.inmesh.client.balance;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;

/**
 * Earliest deadline first: over time each item is chosen as often as its weight says, evenly spread. A weight is read when its item is
 * chosen, so that it may change. Thread-safe; a choice takes O(log n) under a lock and allocates nothing.
 */
final class EdfSchedule<T> {

    private final Entry<T>[] heap;
    private final ToDoubleFunction<T> weight;
    private final ReentrantLock lock = new ReentrantLock();
    private double now;
    private long nextOrder;

    /** Takes at least one item; all weights are positive. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // a generic array of a private type
    EdfSchedule(List<T> items, ToDoubleFunction<T> weight) {
        this.weight = weight;
        heap = new Entry[items.size()];
        for (int i = 0; i < heap.length; i++) {
            T item = items.get(i);
            heap[i] = new Entry<>(item);
            schedule(heap[i]);
        }
        for (int i = heap.length / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    T next() {
        lock.lock();
        try {
            Entry<T> first = heap[0];
            now = first.deadline;
            schedule(first);
            sink(0);
            return first.item;
        } finally {
            lock.unlock();
        }
    }

    private void schedule(Entry<T> entry) {
        entry.deadline = now + 1.0 / weight.applyAsDouble(entry.item);
        entry.order = nextOrder++;
    }

    private void sink(int start) {
        int parent = start;
        while (true) {
            int smallest = parent;
            int left = 2 * parent + 1;
            if (left < heap.length && heap[left].before(heap[smallest])) {
                smallest = left;
            }
            if (left + 1 < heap.length && heap[left + 1].before(heap[smallest])) {
                smallest = left + 1;
            }
            if (smallest == parent) {
                return;
            }
            Entry<T> swapped = heap[parent];
            heap[parent] = heap[smallest];
            heap[smallest] = swapped;
            parent = smallest;
        }
    }

    /** An item and when it is due; of two due together the one scheduled earlier goes first. */
    private static final class Entry<T> {
        private final T item;
        private double deadline;
        private long order;

        private Entry(T item) {
            this.item = item;
        }

        private boolean before(Entry<T> other) {
            return deadline < other.deadline || (deadline == other.deadline && order < other.order);
        }
    }
}
