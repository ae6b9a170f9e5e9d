package io.inmesh.client.balance;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** First the zone, then an endpoint in it. */
final class ZonePicker implements Picker {

    private final @Nullable Picker everywhere;
    private final @Nullable Picker[] zones;
    private final ZoneShares shares;
    private final long percent;

    /**
     * Of some zones.
     *
     * @param everywhere for the calls that the share of zone-aware routing leaves out
     * @param percent of calls for which zones count
     */
    ZonePicker(@Nullable Picker everywhere, @Nullable Picker[] zones, ZoneShares shares, long percent) {
        this.everywhere = everywhere;
        this.zones = zones;
        this.shares = shares;
        this.percent = percent;
    }

    @Override
    public @Nullable Endpoint pick(RandomGenerator chance, long hash, int draw) {
        boolean counts = percent >= 100 || Long.remainderUnsigned(chance.nextLong(), 100) < percent;
        Picker picker = counts ? zones[shares.choose(chance)] : everywhere;
        return picker == null ? null : picker.pick(chance, hash, draw);
    }
}
