package io.inmesh.client.balance;

import io.inmesh.client.host.Activity;
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
    private static final int PICKS_A_STEP = 128;

    private final Roster roster;
    private final Activity activity;
    private final long choices;
    // Racy on purpose: a step that is lost or made twice moves the window a little less or more.
    private int windowStart;

    /** Takes at least one endpoint; begins anywhere, so that many callers do not all begin with the first. */
    LeastRequestPicker(Endpoint[] endpoints, long choices, int seed) {
        windowStart = Integer.remainderUnsigned(seed, endpoints.length);
        roster = new Roster(endpoints);
        activity = endpoints[0].host().cluster().activity();
        this.choices = choices;
    }

    @Override
    public @Nullable Endpoint pick(RandomGenerator chance, long hash, int draw) {
        int size = roster.size();
        if (size == 0) {
            return null;
        }
        long random = chance.nextLong();
        int start = size > WINDOW ? window(size, random) : 0;
        int best = draw(start, size, (int) (random >>> Integer.SIZE));
        long least = active(best);
        for (long i = 1; i < choices; i++) {
            int other = draw(start, size, chance.nextInt());
            long its = active(other);
            if (its < least) {
                best = other;
                least = its;
            }
        }
        return roster.at(best);
    }

    private long active(int place) {
        return activity.get(roster.hostPlace(place));
    }

    private static int draw(int start, int size, int random) {
        int place = start + Roster.place(random, Math.min(size, WINDOW));
        return place < size ? place : place - size;
    }

    /** Moves on now and then, by chance; by bits of the random number that no draw looks at. */
    private int window(int size, long random) {
        int start = windowStart;
        if ((random & (PICKS_A_STEP - 1)) == 0) {
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
