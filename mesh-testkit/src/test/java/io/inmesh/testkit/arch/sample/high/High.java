package io.inmesh.testkit.arch.sample.high;

import io.inmesh.testkit.arch.sample.low.Low;

/** Keeps the rules. */
public final class High {

    public Object down() {
        return new Low();
    }
}
