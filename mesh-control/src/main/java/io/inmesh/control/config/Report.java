package io.inmesh.control.config;

import io.inmesh.control.yaml.Origin;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one resource while it is read. Used by one thread. */
final class Report {

    private static final int MOST = 100;

    private final String resource;
    private final List<Problem> problems = new ArrayList<>();
    private int count;

    Report(String resource) {
        this.resource = resource;
    }

    void unsupported(Origin origin, String field, String reason) {
        count++;
        if (problems.size() < MOST) {
            problems.add(new Problem(Problem.Severity.UNSUPPORTED, origin, resource, field, reason));
        }
    }

    /** Grows with every message: a reader that must fail closed compares it before and after a part. */
    int count() {
        return count;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
