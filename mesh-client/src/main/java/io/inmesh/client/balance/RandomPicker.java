package io.inmesh.client.balance;

import java.util.random.RandomGenerator;

/** Any endpoint, all alike; weights do not count, as in Envoy. */
final class RandomPicker implements Picker {

    private final Endpoint[] endpoints;

    RandomPicker(Endpoint[] endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Endpoint pick(RandomGenerator chance) {
        return endpoints[(int) Long.remainderUnsigned(chance.nextLong(), endpoints.length)];
    }
}
