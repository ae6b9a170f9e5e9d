package io.inmesh.client.balance;

import java.util.random.RandomGenerator;

/** The least busy of some drawn at random with replacement, for endpoints of equal weight; the first drawn wins a tie. */
final class LeastRequestPicker implements Picker {

    private final Endpoint[] endpoints;
    private final long choices;

    LeastRequestPicker(Endpoint[] endpoints, long choices) {
        this.endpoints = endpoints;
        this.choices = choices;
    }

    @Override
    public Endpoint pick(RandomGenerator chance) {
        Endpoint best = draw(chance);
        for (long i = 1; i < choices; i++) {
            Endpoint other = draw(chance);
            if (other.host().activeRequests().get()
                    < best.host().activeRequests().get()) {
                best = other;
            }
        }
        return best;
    }

    private Endpoint draw(RandomGenerator chance) {
        return endpoints[(int) Long.remainderUnsigned(chance.nextLong(), endpoints.length)];
    }
}
