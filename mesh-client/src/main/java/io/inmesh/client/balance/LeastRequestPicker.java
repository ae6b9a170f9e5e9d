package io.inmesh.client.balance;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The least busy of some drawn at random with replacement, for endpoints of equal weight; the first drawn wins a tie. */
final class LeastRequestPicker implements MemberPicker {

    private final Roster roster;
    private final long choices;

    LeastRequestPicker(Endpoint[] endpoints, long choices) {
        roster = new Roster(endpoints);
        this.choices = choices;
    }

    @Override
    public @Nullable Endpoint pick(RandomGenerator chance, long hash, int draw) {
        int size = roster.size();
        if (size == 0) {
            return null;
        }
        Endpoint best = roster.draw(chance.nextInt(), size);
        for (long i = 1; i < choices; i++) {
            Endpoint other = roster.draw(chance.nextInt(), size);
            if (other.host().activeRequests().get()
                    < best.host().activeRequests().get()) {
                best = other;
            }
        }
        return best;
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
