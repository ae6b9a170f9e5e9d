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
 * @param names what names stand for from now on, if that changes
 */
public record Row(
        String name,
        String differs,
        List<String> fields,
        boolean copies,
        Map<String, List<Instruction>> upstreams,
        Map<String, List<String>> names,
        List<Step> steps) {

    private static final long QUICK_MILLIS = 20;

    public Row {
        fields = List.copyOf(fields);
        upstreams = Map.copyOf(upstreams);
        names = Map.copyOf(names);
        steps = List.copyOf(steps);
    }

    /** Whether it is about time, so that a busy machine may disagree by itself. */
    public boolean timed() {
        return steps.stream().anyMatch(step -> step.expect().containsKey("elapsed"));
    }

    /** About how many milliseconds it takes: a request at an idle machine, and what is waited for on purpose. */
    public long millis() {
        long delays = upstreams.values().stream()
                .flatMap(List::stream)
                .mapToLong(Instruction::delayMillis)
                .sum();
        return delays + steps.stream().mapToLong(Row::millis).sum();
    }

    private static long millis(Step step) {
        long least = step.expect().get("elapsed") instanceof List<?> bounds ? ((Number) bounds.get(0)).longValue() : 0;
        return step.times() * (1 + step.everyMillis()) + least;
    }

    /** Whether it neither waits nor asks the same thing often. */
    public boolean quick() {
        return millis() < QUICK_MILLIS;
    }
}
