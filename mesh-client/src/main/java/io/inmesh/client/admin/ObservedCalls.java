package io.inmesh.client.admin;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import java.util.List;

/** What the admin endpoint remembers of calls; while there is no endpoint nobody listens. Thread-safe. */
public record ObservedCalls(RecentCalls recent, Latencies latencies) {

    /** Nothing heard yet. */
    public static ObservedCalls since(MeshClock clock) {
        return new ObservedCalls(new RecentCalls(clock), new Latencies(clock));
    }

    /** Who is to be told of calls. */
    public List<MeshListener> listeners() {
        return List.of(recent, latencies);
    }
}
