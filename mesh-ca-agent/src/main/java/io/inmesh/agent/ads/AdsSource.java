package io.inmesh.agent.ads;

import io.inmesh.xds.state.ConfigSource;

/** A source of configuration that is a stream to a control service. Thread-safe. */
public interface AdsSource extends ConfigSource {

    /** How the stream stands. */
    AdsStatus status();

    /** Tells the control service that the workload takes no more requests, so that nobody is sent to it; the stream stays. */
    void leave();
}
