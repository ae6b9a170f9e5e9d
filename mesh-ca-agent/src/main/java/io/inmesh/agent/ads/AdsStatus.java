package io.inmesh.agent.ads;

import java.util.Optional;

/**
 * How the stream to the control service stands, for health and for people.
 *
 * @param connected whether the control service has answered on the current stream
 * @param fromDisk whether the resources in use are still those of an earlier run
 * @param lastError why the stream ended last, or what was refused last
 */
public record AdsStatus(boolean connected, boolean fromDisk, Optional<String> lastError) {

    static final AdsStatus NONE = new AdsStatus(false, false, Optional.empty());

    AdsStatus withConnected(boolean now) {
        return new AdsStatus(now, fromDisk && !now, lastError);
    }

    AdsStatus withFromDisk() {
        return new AdsStatus(connected, true, lastError);
    }

    AdsStatus withError(String why) {
        return new AdsStatus(connected, fromDisk, Optional.of(why));
    }
}
