package io.inmesh.client.balance;

import java.util.Arrays;

/**
 * Which of some endpoints take part, in no order. Joining and leaving touch two places however many there are; readers need no lock and
 * at worst see the endpoint that just left.
 */
final class Roster {

    private static final int OUT = -1;

    private final Endpoint[] all;
    private final Endpoint[] members;
    private final int[] hostPlace;
    private final int[] position;
    private final int[] indexAt;
    private volatile int size;

    /** Begins with nobody. */
    Roster(Endpoint[] all) {
        this.all = all;
        members = new Endpoint[all.length];
        hostPlace = new int[all.length];
        position = new int[all.length];
        indexAt = new int[all.length];
        Arrays.fill(position, OUT);
    }

    int size() {
        return size;
    }

    /**
     * A member.
     *
     * @param place below a {@link #size()} that was read before
     */
    Endpoint at(int place) {
        return members[place];
    }

    /** Where a member's host stands in {@link io.inmesh.client.host.Activity}. */
    int hostPlace(int place) {
        return hostPlace[place];
    }

    /** A member that a random number of 32 bits leads to, all alike. */
    Endpoint draw(int random, int count) {
        return members[place(random, count)];
    }

    static int place(int random, int count) {
        return (int) (((random & 0xFFFF_FFFFL) * count) >>> 32);
    }

    void join(int index) {
        int place = size;
        members[place] = all[index];
        hostPlace[place] = all[index].host().place();
        indexAt[place] = index;
        position[index] = place;
        size = place + 1;
    }

    void leave(int index) {
        int place = position[index];
        int last = size - 1;
        int moved = indexAt[last];
        members[place] = members[last];
        hostPlace[place] = hostPlace[last];
        indexAt[place] = moved;
        position[moved] = place;
        position[index] = OUT;
        size = last;
    }
}
