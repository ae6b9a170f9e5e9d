package io.inmesh.client.balance;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Any endpoint, all alike; weights do not count, as in Envoy. */
final class RandomPicker implements MemberPicker {

    private final Roster roster;

    RandomPicker(Endpoint[] endpoints) {
        roster = new Roster(endpoints);
    }

    @Override
    public @Nullable Endpoint pick(RandomGenerator chance, long hash, int draw) {
        int size = roster.size();
        return size == 0 ? null : roster.draw(chance.nextInt(), size);
    }

    @Override
    public void join(int index) {
        roster.join(index);
    }

    @Override
    public void leave(int index) {
        roster.leave(index);
    }
}
