package io.inmesh.agent.ads;

import io.inmesh.xds.state.ConfigSource;

/** A source of configuration that is a stream to a control service. Thread-safe. */
public interface AdsSource extends ConfigSource {

    /** How the stream stands. */
    AdsStatus status();
}
