package io.inmesh.client.compile;

import java.util.ArrayList;
import java.util.List;

/** Collects what is not supported while one resource is compiled. */
final class Findings {

    private final String resource;
    private final List<Finding> list = new ArrayList<>();

    Findings(String resource) {
        this.resource = resource;
    }

    void unsupported(String path) {
        list.add(new Finding(resource, path, "not supported"));
    }

    void unsupported(String path, String reason) {
        list.add(new Finding(resource, path, reason));
    }

    List<Finding> list() {
        return List.copyOf(list);
    }
}
