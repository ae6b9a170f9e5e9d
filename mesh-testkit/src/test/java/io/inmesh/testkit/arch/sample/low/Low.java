package io.inmesh.testkit.arch.sample.low;

import io.inmesh.testkit.arch.sample.high.High;

/** Breaks the rules on purpose: it looks up, closes a cycle, reads the clock, changes providers and enters a monitor. */
public final class Low {

    public Object up() {
        return new High();
    }

    public long clock() {
        return System.nanoTime();
    }

    public void provider() {
        java.security.Security.removeProvider("none");
    }

    public synchronized int guarded() {
        return 1;
    }

    public int block() {
        synchronized (this) {
            return 2;
        }
    }
}
