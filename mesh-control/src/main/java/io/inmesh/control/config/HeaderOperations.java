package io.inmesh.control.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a route does to headers of requests and responses: set replaces, add appends. */
public record HeaderOperations(Changes request, Changes response) {

    private static final Changes NO_CHANGES = new Changes(Map.of(), Map.of(), List.of());
    public static final HeaderOperations NONE = new HeaderOperations(NO_CHANGES, NO_CHANGES);

    /** The changes of one direction. */
    public record Changes(Map<String, String> set, Map<String, String> add, List<String> remove) {

        Changes and(Changes other) {
            Map<String, String> bothSet = new HashMap<>(set);
            bothSet.putAll(other.set);
            Map<String, String> bothAdd = new HashMap<>(add);
            bothAdd.putAll(other.add);
            List<String> bothRemove = new ArrayList<>(remove);
            bothRemove.addAll(other.remove);
            return new Changes(Map.copyOf(bothSet), Map.copyOf(bothAdd), List.copyOf(bothRemove));
        }

        static Changes read(Fields changes) {
            return new Changes(changes.textMap("set"), changes.textMap("add"), changes.texts("remove"));
        }
    }

    /** These and then the other's; where both set one header, the other's value is used. */
    public HeaderOperations and(HeaderOperations other) {
        return new HeaderOperations(request.and(other.request), response.and(other.response));
    }

    static HeaderOperations of(Fields parent) {
        return parent.object("headers", HeaderOperations::read).orElse(NONE);
    }

    private static HeaderOperations read(Fields headers) {
        return new HeaderOperations(
                headers.object("request", Changes::read).orElse(NO_CHANGES),
                headers.object("response", Changes::read).orElse(NO_CHANGES));
    }
}
