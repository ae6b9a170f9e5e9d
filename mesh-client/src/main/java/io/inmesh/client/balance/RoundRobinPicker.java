package io.inmesh.client.balance;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One after the other, for endpoints of equal weight. */
final class RoundRobinPicker implements MemberPicker {

    private final Roster roster;
    private final AtomicInteger next;

    /** Begins anywhere, so that many callers do not all begin with the first. */
    RoundRobinPicker(Endpoint[] endpoints, int seed) {
        roster = new Roster(endpoints);
        next = new AtomicInteger(seed);
    }

    @Override
    public @Nullable Endpoint pick(RandomGenerator chance, long hash, int draw) {
        int size = roster.size();
        return size == 0 ? null : roster.at(Integer.remainderUnsigned(next.getAndIncrement(), size));
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
