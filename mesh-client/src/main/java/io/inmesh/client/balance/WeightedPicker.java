package io.inmesh.client.balance;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Endpoints of unequal weight, each in proportion to what the policy makes of its weight at that moment. */
final class WeightedPicker implements MemberPicker {

    private final Endpoint[] endpoints;
    private final EdfSchedule schedule;

    WeightedPicker(Endpoint[] endpoints, ToDoubleFunction<Endpoint> weight) {
        this.endpoints = endpoints;
        schedule = new EdfSchedule(endpoints.length, index -> weight.applyAsDouble(endpoints[index]));
    }

    /** Begins anywhere, so that many callers do not all begin with the first. */
    void skip(int seed) {
        int members = schedule.size();
        for (int skipped = members == 0 ? 0 : Integer.remainderUnsigned(seed, members); skipped > 0; skipped--) {
            schedule.next();
        }
    }

    @Override
    public @Nullable Endpoint pick(RandomGenerator chance, long hash, int draw) {
        int index = schedule.next();
        return index < 0 ? null : endpoints[index];
    }

    @Override
    public void join(int index) {
        schedule.join(index);
    }

    @Override
    public void leave(int index) {
        schedule.leave(index);
    }

    /** For tests and people. */
    @Override
    public String toString() {
        return schedule.size() + " of " + List.of(endpoints);
    }
}
