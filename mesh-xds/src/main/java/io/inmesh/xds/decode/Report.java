package io.inmesh.xds.decode;

import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;

/** Collects the paths of what is not supported in one resource; bounded. For one thread. */
class Report {

    private static final int MAX_PATHS = 1000;

    private final List<String> paths = new ArrayList<>();
    private int total;

    void add(String path) {
        total++;
        if (paths.size() < MAX_PATHS) {
            paths.add(path);
        }
    }

    /** A decoder reads a field. Nothing to do here; whoever lists what is decoded overrides it. */
    void read(Message message, Field<?> field) {}

    /** How many were reported by now, to be given to {@link #since}. */
    int mark() {
        return total;
    }

    /** What was reported since; never empty if anything was, even beyond the bound. */
    List<String> since(int mark) {
        if (mark == total) {
            return List.of();
        }
        return mark < paths.size() ? List.copyOf(paths.subList(mark, paths.size())) : List.of("more than " + MAX_PATHS);
    }

    List<String> paths() {
        if (total == paths.size()) {
            return List.copyOf(paths);
        }
        List<String> cut = new ArrayList<>(paths);
        cut.add("and " + (total - paths.size()) + " more");
        return List.copyOf(cut);
    }
}
