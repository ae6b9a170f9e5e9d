package io.inmesh.conformance.row;

import io.inmesh.conformance.echo.Instruction;
import java.util.List;
import java.util.Map;

/**
 * One thing on which both sides must agree.
 *
 * @param differs why we do not do as Envoy does, with the record that says so; empty if we do. Such a row must disagree
 * @param fields of Envoy's configuration that the row is about
 * @param copies requests are mirrored, so that arrivals are awaited, and told in the order of their endpoints
 * @param upstreams what they do, by endpoint or {@code *}
 */
public record Row(
        String name,
        String differs,
        List<String> fields,
        boolean copies,
        Map<String, List<Instruction>> upstreams,
        List<Step> steps) {

    public Row {
        fields = List.copyOf(fields);
        upstreams = Map.copyOf(upstreams);
        steps = List.copyOf(steps);
    }

    /** Whether it is about time, so that a busy machine may disagree by itself. */
    public boolean timed() {
        return steps.stream().anyMatch(step -> step.expect().containsKey("elapsed"));
    }

    /** Whether it neither waits nor asks the same thing often. */
    public boolean quick() {
        return steps.stream()
                        .allMatch(step -> step.times() < 10 && !step.expect().containsKey("elapsed"))
                && upstreams.values().stream()
                        .flatMap(List::stream)
                        .allMatch(instruction -> instruction.delayMillis() == 0);
    }
}
