package io.inmesh.client.balance;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntToDoubleFunction;

/**
 * Earliest deadline first: over time each item is chosen as often as its weight says, evenly spread. A weight is read when its item is
 * chosen, so that it may change. Items are numbers from 0; they join and leave. Thread-safe; a choice takes O(log n) under a lock and
 * allocates nothing.
 */
final class EdfSchedule {

    private static final int OUT = -1;

    private final IntToDoubleFunction weight;
    private final ReentrantLock lock = new ReentrantLock();
    private final double[] deadline;
    private final long[] order;
    private final int[] heap;
    private final int[] position;
    private int size;
    private double now;
    private long nextOrder;

    /** Begins with no item; all weights are positive. */
    EdfSchedule(int items, IntToDoubleFunction weight) {
        this.weight = weight;
        deadline = new double[items];
        order = new long[items];
        heap = new int[items];
        position = new int[items];
        Arrays.fill(position, OUT);
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** The item that is due; negative if there is none. */
    int next() {
        lock.lock();
        try {
            if (size == 0) {
                return OUT;
            }
            int item = heap[0];
            now = deadline[item];
            schedule(item);
            sink(0);
            return item;
        } finally {
            lock.unlock();
        }
    }

    void join(int item) {
        lock.lock();
        try {
            schedule(item);
            place(size++, item);
            rise(size - 1);
        } finally {
            lock.unlock();
        }
    }

    void leave(int item) {
        lock.lock();
        try {
            int hole = position[item];
            position[item] = OUT;
            int last = heap[--size];
            if (hole < size) {
                place(hole, last);
                rise(hole);
                sink(position[last]);
            }
        } finally {
            lock.unlock();
        }
    }

    private void schedule(int item) {
        deadline[item] = now + 1.0 / weight.applyAsDouble(item);
        order[item] = nextOrder++;
    }

    private void place(int at, int item) {
        heap[at] = item;
        position[item] = at;
    }

    private void rise(int start) {
        int child = start;
        int item = heap[child];
        while (child > 0 && before(item, heap[(child - 1) / 2])) {
            place(child, heap[(child - 1) / 2]);
            child = (child - 1) / 2;
        }
        place(child, item);
    }

    private void sink(int start) {
        int parent = start;
        int item = heap[parent];
        while (2 * parent + 1 < size) {
            int child = 2 * parent + 1;
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], item)) {
                break;
            }
            place(parent, heap[child]);
            parent = child;
        }
        place(parent, item);
    }

    /** Of two due together the one scheduled earlier goes first. */
    private boolean before(int one, int other) {
        return deadline[one] < deadline[other] || (deadline[one] == deadline[other] && order[one] < order[other]);
    }
}
