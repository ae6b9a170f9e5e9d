package io.inmesh.client.pipeline;

import java.time.Duration;
import java.util.List;

/**
 * What would become of a request now, and why; as data. Texts are empty where there is nothing to say.
 *
 * @param verdict {@code forward}, {@code reply} or {@code not ready}
 * @param virtualHost that took the authority
 * @param route name of the route that matched
 * @param istioConfig the VirtualService behind it
 * @param misses the routes of the virtual host before it, and why each did not match
 * @param fault what may be injected first
 * @param reply status of the answer that needs no upstream; 0 if there is one
 * @param policy timers and retries
 * @param clusters where it may go, with their shares
 */
public record Explanation(
        String verdict,
        String virtualHost,
        String route,
        String istioConfig,
        List<Miss> misses,
        String fault,
        int reply,
        Policy policy,
        List<Destination> clusters) {

    public Explanation {
        misses = List.copyOf(misses);
        clusters = List.copyOf(clusters);
    }

    /** A route that did not match. */
    public record Miss(String route, String istioConfig, String reason) {}

    /**
     * What holds for all attempts together.
     *
     * @param timeout zero is off
     * @param perTryTimeout zero is off
     * @param retryOn Envoy's conditions; empty if nothing is retried
     */
    public record Policy(Duration timeout, Duration perTryTimeout, List<String> retryOn, long numRetries) {

        static final Policy NONE = new Policy(Duration.ZERO, Duration.ZERO, List.of(), 0);
    }

    /**
     * A cluster that the request may go to.
     *
     * @param weight of {@code totalWeight}
     * @param known whether there is such a cluster
     * @param istioConfig the DestinationRule behind it
     * @param balancing Envoy's name of the policy
     * @param panic so few endpoints are healthy that health is not looked at
     */
    public record Destination(
            String cluster,
            long weight,
            long totalWeight,
            boolean known,
            String istioConfig,
            String balancing,
            boolean panic,
            List<EndpointState> endpoints) {

        public Destination {
            endpoints = List.copyOf(endpoints);
        }
    }

    /**
     * An endpoint as it is now.
     *
     * @param health as the control service says
     * @param ejections how often it was ejected
     * @param tls whether the attempt would be encrypted
     */
    public record EndpointState(
            String address,
            int priority,
            long weight,
            String health,
            boolean ejected,
            int ejections,
            long activeRequests,
            boolean tls) {}
}
