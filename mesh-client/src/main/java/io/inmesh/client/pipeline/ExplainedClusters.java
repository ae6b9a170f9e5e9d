package io.inmesh.client.pipeline;

import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.pipeline.Explanation.Destination;
import io.inmesh.client.pipeline.Explanation.EndpointState;
import io.inmesh.client.pipeline.Explanation.Security;
import io.inmesh.client.pipeline.Explanation.Source;
import io.inmesh.client.route.ClusterChoice;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.tls.PeerValidation;
import io.inmesh.xds.model.tls.TransportSocket;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of an explanation that tells of clusters and their endpoints. */
final class ExplainedClusters {

    /** What Istio writes where nothing is limited. */
    private static final long UNLIMITED = 4_294_967_295L;

    private static final Map<Class<? extends LbPolicy>, String> POLICIES = Map.of(
            LbPolicy.RoundRobin.class, "ROUND_ROBIN",
            LbPolicy.LeastRequest.class, "LEAST_REQUEST",
            LbPolicy.Random.class, "RANDOM",
            LbPolicy.RingHash.class, "RING_HASH",
            LbPolicy.Maglev.class, "MAGLEV",
            LbPolicy.ClusterProvided.class, "PASSTHROUGH");

    private final MeshSnapshot snapshot;

    ExplainedClusters(MeshSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    List<Destination> of(ClusterChoice choice) {
        return choice.shares().stream()
                .map(share -> destination(share, choice.total()))
                .toList();
    }

    private Destination destination(ClusterChoice.Share share, long total) {
        UpstreamCluster cluster = snapshot.cluster(share.cluster());
        if (cluster == null) {
            return new Destination(
                    share.cluster(),
                    share.weight(),
                    total,
                    false,
                    Source.NONE,
                    "",
                    false,
                    Duration.ZERO,
                    "",
                    "",
                    List.of());
        }
        return new Destination(
                share.cluster(),
                share.weight(),
                total,
                true,
                source(cluster.definition().metadata()),
                balancing(cluster),
                cluster.balancer().panic(),
                cluster.definition().connectTimeout(),
                limits(cluster.definition().circuitBreakers().defaultPriority()),
                outliers(cluster.definition().outlierDetection()),
                endpoints(cluster));
    }

    /** Where the caller's own address is kept, there is one entry for whatever that is. */
    private static List<EndpointState> endpoints(UpstreamCluster cluster) {
        Endpoint original = cluster.originalDestination();
        return original == null
                ? cluster.balancer().endpoints().endpoints().stream()
                        .map(endpoint -> endpoint(endpoint.host().address(), endpoint))
                        .toList()
                : List.of(endpoint("of the URL", original));
    }

    private static Source source(Metadata metadata) {
        return new Source(metadata.istioConfig().orElse(""), metadata.origin().orElse(""));
    }

    private static String balancing(UpstreamCluster cluster) {
        LbPolicy policy = cluster.definition().lbPolicy();
        String name = cluster.balancer().measures()
                ? "PEAK_EWMA"
                : POLICIES.getOrDefault(policy.getClass(), policy.toString());
        if (cluster.definition().commonLb().localityMode() instanceof CommonLb.LocalityMode.Weighted) {
            return name + ", localities by weight";
        }
        return cluster.balancer().zoneAware() ? name + ", the own zone first" : name;
    }

    private static String limits(CircuitBreakers.Thresholds thresholds) {
        List<String> limits = new ArrayList<>();
        limit(limits, "connections", thresholds.maxConnections());
        limit(limits, "pending requests", thresholds.maxPendingRequests());
        limit(limits, "requests", thresholds.maxRequests());
        CircuitBreakers.RetryBudget budget = thresholds.retryBudget();
        if (budget == null) {
            limit(limits, "retries", thresholds.maxRetries());
        } else {
            String past = budget.interval().isZero()
                    ? ""
                    : " of the last " + budget.interval().toMillis() + " ms";
            limits.add("retries " + budget.budgetPercent() + " % of requests" + past + ", at least "
                    + budget.minRetryConcurrency());
        }
        return limits.isEmpty() ? "none" : String.join(", ", limits);
    }

    private static void limit(List<String> limits, String what, long limit) {
        if (limit < UNLIMITED) {
            limits.add(what + " " + limit);
        }
    }

    private static String outliers(@Nullable OutlierDetection detection) {
        if (detection == null) {
            return "";
        }
        List<String> causes = new ArrayList<>();
        cause(causes, "5xx", detection.consecutive5xx());
        cause(causes, "gateway failures", detection.consecutiveGatewayFailure());
        if (detection.splitExternalLocalOriginErrors()) {
            cause(causes, "failures of our own side", detection.consecutiveLocalOriginFailure());
        }
        return String.join(", ", causes) + (causes.isEmpty() ? "nothing" : " in a row")
                + " ejects for " + detection.baseEjectionTime().toMillis() + " ms and more, at most "
                + detection.maxEjectionPercent() + " %, looked at every "
                + detection.interval().toMillis() + " ms";
    }

    private static void cause(List<String> causes, String what, OutlierDetection.Consecutive consecutive) {
        if (consecutive.enforcing() > 0) {
            causes.add(consecutive.threshold() + " " + what);
        }
    }

    private static EndpointState endpoint(String address, Endpoint endpoint) {
        return new EndpointState(
                address,
                endpoint.priority(),
                endpoint.description().weight(),
                place(endpoint.locality()),
                endpoint.description().health().name(),
                endpoint.host().ejected(),
                endpoint.host().outlier().ejections(),
                endpoint.host().activeRequests().get(),
                security(endpoint.transport()));
    }

    private static String place(Locality locality) {
        return Stream.of(locality.region(), locality.zone(), locality.subZone())
                .takeWhile(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
    }

    private static Security security(TransportSocket socket) {
        if (socket instanceof TransportSocket.Raw) {
            return Security.PLAINTEXT;
        }
        if (!(socket instanceof UpstreamTls tls) || !tls.common().unsupported().isEmpty()) {
            return new Security("REFUSED", "", List.of());
        }
        PeerValidation validation = tls.common().validation();
        String mode = (tls.common().certificates().isEmpty() ? "TLS" : "MUTUAL")
                + (validation == null || validation.trust() == null ? "_UNVERIFIED" : "");
        List<String> identities = validation == null
                ? List.of()
                : validation.subjectAltNames().stream()
                        .map(name -> identity(name.match()))
                        .toList();
        return new Security(mode, tls.sni(), identities);
    }

    private static String identity(StringMatch match) {
        if (match instanceof StringMatch.Exact exact) {
            return exact.value();
        }
        return match instanceof StringMatch.Prefix prefix ? prefix.value() + "*" : match.toString();
    }
}
