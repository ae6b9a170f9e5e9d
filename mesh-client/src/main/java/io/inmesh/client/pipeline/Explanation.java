package io.inmesh.client.pipeline;

import io.inmesh.client.route.PolicyChoice;
import java.time.Duration;
import java.util.List;

/**
 * What would become of a request now, and why; as data. Texts are empty where there is nothing to say. Equal situations give equal
 * explanations, but for routes that take a random share.
 *
 * @param verdict {@code forward}, {@code reply} or {@code not ready}
 * @param table the route configuration that was searched
 * @param virtualHost that took the authority
 * @param route name of the route that matched
 * @param source the VirtualService behind it
 * @param misses the routes of the virtual host before it, and why each did not match
 * @param fault what may be injected first
 * @param rewrite how path and authority change
 * @param reply status of the answer that needs no upstream; 0 if there is one
 * @param policy timers and retries
 * @param clusters where it may go, with their shares
 * @param settings who decides what the application itself asks for this call
 */
public record Explanation(
        String verdict,
        String table,
        String virtualHost,
        String route,
        Source source,
        List<Miss> misses,
        String fault,
        String rewrite,
        int reply,
        Policy policy,
        List<Destination> clusters,
        List<PolicyChoice> settings) {

    public Explanation {
        misses = List.copyOf(misses);
        clusters = List.copyOf(clusters);
        settings = List.copyOf(settings);
    }

    /** For a call of which the application asks nothing itself. */
    Explanation(
            String verdict,
            String table,
            String virtualHost,
            String route,
            Source source,
            List<Miss> misses,
            String fault,
            String rewrite,
            int reply,
            Policy policy,
            List<Destination> clusters) {
        this(verdict, table, virtualHost, route, source, misses, fault, rewrite, reply, policy, clusters, List.of());
    }

    /** Path of the VirtualService behind the route; may be empty. */
    public String istioConfig() {
        return source.config();
    }

    /** For people: a line for each fact, indented by what it belongs to. */
    public String text() {
        return ExplanationText.of(this);
    }

    /** For programs: one JSON object, on several lines. */
    public String json() {
        return ExplanationJson.of(this);
    }

    /**
     * The operator's resource that something comes from.
     *
     * @param config its path, such as {@code /apis/networking.istio.io/v1/namespaces/a/virtual-service/x}
     * @param origin file and line, or resource version; empty where the control service does not say, as istiod
     */
    public record Source(String config, String origin) {

        static final Source NONE = new Source("", "");

        private static final String NAMESPACES = "/namespaces/";

        /** Such as {@code virtual-service a/x}; the whole path if it is none of Istio's. */
        public String resource() {
            int begin = config.indexOf(NAMESPACES);
            String[] parts = begin < 0
                    ? new String[0]
                    : config.substring(begin + NAMESPACES.length()).split("/", -1);
            return parts.length == 3 ? parts[1] + " " + parts[0] + "/" + parts[2] : config;
        }
    }

    /** A route that did not match. */
    public record Miss(String route, Source source, String reason) {

        public String istioConfig() {
            return source.config();
        }
    }

    /**
     * What holds for all attempts together.
     *
     * @param timeout zero is off
     * @param perTryTimeout zero is off
     * @param retryOn Envoy's conditions; empty if nothing is retried
     * @param numRetries beyond the first attempt
     * @param backOff first back-off interval, which doubles
     * @param maxBackOff largest back-off interval
     * @param avoidsPreviousHosts hosts already tried are avoided
     */
    public record Policy(
            Duration timeout,
            Duration perTryTimeout,
            List<String> retryOn,
            long numRetries,
            Duration backOff,
            Duration maxBackOff,
            boolean avoidsPreviousHosts) {

        static final Policy NONE =
                new Policy(Duration.ZERO, Duration.ZERO, List.of(), 0, Duration.ZERO, Duration.ZERO, false);

        public Policy {
            retryOn = List.copyOf(retryOn);
        }
    }

    /**
     * A cluster that the request may go to.
     *
     * @param weight of {@code totalWeight}
     * @param known whether there is such a cluster
     * @param source the DestinationRule behind it
     * @param balancing Envoy's name of the policy
     * @param panic so few endpoints are healthy that health is not looked at
     * @param connectTimeout for each connection
     * @param limits circuit breakers' thresholds; {@code none} for those that Istio leaves open
     * @param outlierDetection when hosts are ejected; empty if never
     */
    public record Destination(
            String cluster,
            long weight,
            long totalWeight,
            boolean known,
            Source source,
            String balancing,
            boolean panic,
            Duration connectTimeout,
            String limits,
            String outlierDetection,
            List<EndpointState> endpoints) {

        public Destination {
            endpoints = List.copyOf(endpoints);
        }

        public String istioConfig() {
            return source.config();
        }
    }

    /**
     * An endpoint as it is now.
     *
     * @param locality region, zone and sub-zone with slashes; may be empty
     * @param health as the control service says
     * @param ejections how often it was ejected
     * @param security what an attempt would be protected with
     */
    public record EndpointState(
            String address,
            int priority,
            long weight,
            String locality,
            String health,
            boolean ejected,
            int ejections,
            long activeRequests,
            Security security) {

        /** Whether the attempt would be encrypted. */
        public boolean tls() {
            return !security.mode().equals("PLAINTEXT");
        }
    }

    /**
     * How an attempt is protected.
     *
     * @param mode {@code PLAINTEXT}, {@code TLS} or {@code MUTUAL}, the latter two with {@code _UNVERIFIED} if any peer is believed, or
     *     {@code REFUSED} for a setting that cannot be honoured
     * @param serverName the SNI
     * @param identities that the peer may have; empty: any that the roots vouch for
     */
    public record Security(String mode, String serverName, List<String> identities) {

        static final Security PLAINTEXT = new Security("PLAINTEXT", "", List.of());

        public Security {
            identities = List.copyOf(identities);
        }
    }
}
