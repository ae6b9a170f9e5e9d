package io.inmesh.client.balance;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.host.Host;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Of two endpoints drawn at random, never twice the same, the one where a request is expected to end sooner: its latency's moving average,
 * which rises at once and sinks slowly, times the requests that are before it. Weights divide.
 */
final class PeakEwmaPicker implements MemberPicker {

    private final Roster roster;
    private final MeshClock clock;

    PeakEwmaPicker(Endpoint[] endpoints, MeshClock clock) {
        roster = new Roster(endpoints);
        this.clock = clock;
    }

    @Override
    public @Nullable Endpoint pick(RandomGenerator chance, long hash, int draw) {
        int size = roster.size();
        if (size < 2) {
            return size == 0 ? null : roster.at(0);
        }
        int first = Roster.place(chance.nextInt(), size);
        int second = Roster.place(chance.nextInt(), size - 1);
        Endpoint one = roster.at(first);
        Endpoint other = roster.at(second < first ? second : second + 1);
        long now = clock.nanoTime();
        return cost(other, now) < cost(one, now) ? other : one;
    }

    private static double cost(Endpoint endpoint, long now) {
        Host host = endpoint.host();
        long active = host.activeRequests().get();
        return host.latency().nanos(now, active > 0)
                * (active + 1)
                / endpoint.description().weight();
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
