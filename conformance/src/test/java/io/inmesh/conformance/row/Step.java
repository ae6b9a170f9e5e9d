package io.inmesh.conformance.row;

import io.inmesh.conformance.http.Request;
import java.util.Map;
import java.util.Set;

/**
 * Requests of a row that belong together.
 *
 * @param times how often the request is sent
 * @param everyMillis how long it is waited before each but the first
 * @param atOnce whether all of them are sent at the same time
 * @param how the answers are compared
 * @param ignoring facts that chance decides in this step
 * @param expect what Envoy's answer must be, so that a row cannot agree about something else than it says; by fact
 */
public record Step(
        Request request,
        int times,
        long everyMillis,
        boolean atOnce,
        Comparing how,
        Set<String> ignoring,
        Map<String, Object> expect) {

    public Step {
        ignoring = Set.copyOf(ignoring);
        expect = Map.copyOf(expect);
    }
}
