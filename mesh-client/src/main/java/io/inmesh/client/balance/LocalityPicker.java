package io.inmesh.client.balance;

import java.util.List;
import java.util.random.RandomGenerator;

/** First the locality by its weight, then an endpoint in it. */
final class LocalityPicker implements Picker {

    private final EdfSchedule<Share> schedule;

    LocalityPicker(List<Share> shares) {
        schedule = new EdfSchedule<>(shares, Share::weight);
    }

    @Override
    public Endpoint pick(RandomGenerator chance) {
        return schedule.next().picker().pick(chance);
    }

    /**
     * A locality's part.
     *
     * @param weight positive: the locality's weight times the share of it that is healthy
     */
    record Share(double weight, Picker picker) {}
}
