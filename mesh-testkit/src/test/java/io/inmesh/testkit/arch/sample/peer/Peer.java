package io.inmesh.testkit.arch.sample.peer;

import io.inmesh.testkit.arch.sample.low.Low;

/** Shares its layer's number with {@link Low} and must therefore not use it. */
public final class Peer {

    public Object sideways() {
        return new Low();
    }
}
