package io.inmesh.client.balance;

import io.inmesh.client.host.Host;
import org.jspecify.annotations.Nullable;

/** The endpoints of one priority as they are picked from. One thread changes it at a time; picks need no lock. */
sealed interface Level permits SpreadLevel, HashedLevel, ZonedLevel {

    PriorityLoad.LevelHealth health(boolean byWeight);

    /** The host's health has changed; ends with {@link #prepare}. */
    void changed(Host host);

    /** Makes ready for picks. */
    void prepare(boolean panic);

    /** Among those that are healthy; all of them in panic. */
    @Nullable
    Picker healthy();

    @Nullable
    Picker degraded();
}
