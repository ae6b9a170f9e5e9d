package io.inmesh.client.balance;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Endpoints of unequal weight, each in proportion to what the policy makes of its weight at that moment. */
final class WeightedPicker implements Picker {

    private final EdfSchedule<Endpoint> schedule;

    WeightedPicker(Endpoint[] endpoints, ToDoubleFunction<Endpoint> weight, int seed) {
        schedule = new EdfSchedule<>(List.of(endpoints), weight);
        for (int skipped = Integer.remainderUnsigned(seed, endpoints.length); skipped > 0; skipped--) {
            schedule.next();
        }
    }

    @Override
    public Endpoint pick(RandomGenerator chance) {
        return schedule.next();
    }
}
