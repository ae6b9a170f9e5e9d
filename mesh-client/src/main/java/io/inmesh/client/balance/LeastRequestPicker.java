package io.inmesh.client.balance;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The least busy of some drawn at random with replacement, for endpoints of equal weight; the first drawn wins a tie. Of many endpoints the
 * draws of a pick come from a window, which moves on: over time each endpoint is drawn as often as any other, and what picks look at stays
 * in the processor's cache (docs/adr/0025).
 */
final class LeastRequestPicker implements MemberPicker {

    private static final int WINDOW = 64;
    private static final int STEP = 32;

    private final Roster roster;
    private final long choices;
    // Racy on purpose: a step that is lost or made twice moves the window a little less or more.
    private int windowStart;

    /** Begins anywhere, so that many callers do not all begin with the first. */
    LeastRequestPicker(Endpoint[] endpoints, long choices, int seed) {
        windowStart = endpoints.length == 0 ? 0 : Integer.remainderUnsigned(seed, endpoints.length);
        roster = new Roster(endpoints);
        this.choices = choices;
    }

    @Override
    public @Nullable Endpoint pick(RandomGenerator chance, long hash, int draw) {
        int size = roster.size();
        if (size == 0) {
            return null;
        }
        int start = size > WINDOW ? window(size, chance) : 0;
        Endpoint best = draw(start, size, chance);
        for (long i = 1; i < choices; i++) {
            Endpoint other = draw(start, size, chance);
            if (other.host().activeRequests().get()
                    < best.host().activeRequests().get()) {
                best = other;
            }
        }
        return best;
    }

    private Endpoint draw(int start, int size, RandomGenerator chance) {
        int place = start + Roster.place(chance.nextInt(), Math.min(size, WINDOW));
        return roster.at(place < size ? place : place - size);
    }

    private int window(int size, RandomGenerator chance) {
        int start = windowStart;
        if (chance.nextInt(STEP) == 0) {
            windowStart = start + STEP < size ? start + STEP : start + STEP - size;
        }
        // The endpoints may have become fewer.
        return start < size && start >= 0 ? start : 0;
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
