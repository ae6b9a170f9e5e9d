package io.inmesh.client.pipeline;

import io.inmesh.client.resilience.RetryPolicy.OtherHosts;
import java.util.function.LongPredicate;

/**
 * Which priorities a call's next attempt leaves out. Made for calls that are repeated under a policy that looks at priorities. For one
 * thread.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/retry/priority/previous_priorities/v3/previous_priorities_config.proto">Envoy,
 *     previous priorities</a>
 */
final class TriedPriorities {

    private long tried;
    private long leftOut;
    private int attempts;

    /** The attempt that is over went to some priority. */
    static void add(OutboundCall call, OtherHosts policy) {
        if (policy.priorityInterval() == 0) {
            return;
        }
        TriedPriorities priorities = call.tried == null ? new TriedPriorities() : call.tried;
        priorities.add(call.endpoint().priority());
        call.tried = priorities;
    }

    void add(int priority) {
        if (priority < Long.SIZE) {
            tried |= 1L << priority;
        }
        attempts++;
    }

    /**
     * Looks again each time that an interval of attempts is full. When nobody would be left, all of them count again.
     *
     * @param othersThere whether anybody is healthy beside the priorities that it is asked for, as bits
     * @return priorities as bits
     */
    long leftOut(int interval, LongPredicate othersThere) {
        if (attempts < interval || attempts % interval != 0) {
            return leftOut;
        }
        leftOut |= tried;
        if (!othersThere.test(leftOut)) {
            tried = 0;
            leftOut = 0;
            attempts = 0;
        }
        return leftOut;
    }
}
