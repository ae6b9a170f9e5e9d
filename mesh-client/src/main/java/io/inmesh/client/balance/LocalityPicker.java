package io.inmesh.client.balance;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** First the locality by its weight, then an endpoint in it. */
final class LocalityPicker implements Picker {

    private final Share[] shares;
    private final EdfSchedule schedule;

    LocalityPicker(List<Share> shares) {
        this.shares = shares.toArray(Share[]::new);
        schedule = new EdfSchedule(this.shares.length, index -> this.shares[index].weight());
        for (int i = 0; i < this.shares.length; i++) {
            schedule.join(i);
        }
    }

    @Override
    public @Nullable Endpoint pick(RandomGenerator chance, long hash, int draw) {
        int index = schedule.next();
        return index < 0 ? null : shares[index].picker().pick(chance, hash, draw);
    }

    /**
     * A locality's part.
     *
     * @param weight positive: the locality's weight times the share of it that is healthy
     */
    record Share(double weight, Picker picker) {}
}
