package io.inmesh.client.compile;

import java.util.ArrayList;
import java.util.List;

/** Collects what is not supported while one resource is compiled; bounded, as resources are. */
final class Findings {

    private static final int MOST = 1000;

    private final String resource;
    private final List<Finding> list = new ArrayList<>();
    private int left;

    Findings(String resource) {
        this.resource = resource;
    }

    void unsupported(String path) {
        unsupported(path, "not supported");
    }

    void unsupported(String path, String reason) {
        if (list.size() < MOST) {
            list.add(new Finding(resource, path, reason));
        } else {
            left++;
        }
    }

    List<Finding> list() {
        List<Finding> all = new ArrayList<>(list);
        if (left > 0) {
            all.add(new Finding(resource, "", "and " + left + " more fields are not supported"));
        }
        return List.copyOf(all);
    }
}
