package io.inmesh.control.translate;

import io.inmesh.xds.wire.Message;
import java.util.List;

/** What came of a translation, each type in a stable order. Immutable. */
public record Resources(
        List<Message> clusters, List<Message> assignments, List<Message> listeners, List<Message> routes) {

    public Resources {
        clusters = List.copyOf(clusters);
        assignments = List.copyOf(assignments);
        listeners = List.copyOf(listeners);
        routes = List.copyOf(routes);
    }
}
