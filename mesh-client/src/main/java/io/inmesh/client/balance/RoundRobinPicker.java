package io.inmesh.client.balance;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** One after the other, for endpoints of equal weight. */
final class RoundRobinPicker implements Picker {

    private final Endpoint[] endpoints;
    private final AtomicInteger next;

    /** Begins anywhere, so that many callers do not all begin with the first. */
    RoundRobinPicker(Endpoint[] endpoints, int seed) {
        this.endpoints = endpoints;
        next = new AtomicInteger(seed);
    }

    @Override
    public Endpoint pick(RandomGenerator chance) {
        return endpoints[Integer.remainderUnsigned(next.getAndIncrement(), endpoints.length)];
    }
}
