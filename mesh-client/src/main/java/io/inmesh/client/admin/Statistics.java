package io.inmesh.client.admin;

import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.host.ClusterStat;
import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.Host;
import io.inmesh.client.host.ResponseCodes;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.endpoint.LbEndpoint.HealthStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Every number there is, under Envoy's names. */
final class Statistics {

    private final AdminView view;

    Statistics(AdminView view) {
        this.view = view;
    }

    void forEach(Consumer<Stat> out) {
        out.accept(Stat.flag("", "server.live", view.ready()));
        view.identity()
                .ifPresent(held -> out.accept(Stat.gauge(
                        "",
                        "server.days_until_first_cert_expiring",
                        Duration.between(view.clock().now(), held.identity().notAfter())
                                .toDays())));
        out.accept(Stat.gauge(
                "",
                "listener_manager.total_listeners_active",
                view.updates().of(ResourceType.LISTENER).byName().size()));
        Optional<MeshSnapshot> snapshot = view.snapshot();
        out.accept(Stat.gauge(
                "",
                "cluster_manager.active_clusters",
                snapshot.map(current -> current.clusters().size()).orElse(0)));
        snapshot.ifPresent(
                current -> current.clusters().values().forEach(cluster -> new OfCluster(cluster, out).write()));
    }

    /** The numbers of one cluster. */
    private record OfCluster(UpstreamCluster cluster, Consumer<Stat> out) {

        void write() {
            ClusterState state = cluster.state();
            List<Endpoint> endpoints = cluster.balancer().endpoints().endpoints();
            gauge("membership_total", endpoints.size());
            gauge("membership_healthy", count(endpoints, OfCluster::healthy));
            gauge("membership_degraded", count(endpoints, OfCluster::degraded));
            gauge("upstream_cx_active", state.connections().get());
            gauge("upstream_rq_active", state.activeRequests().get());
            gauge("upstream_rq_pending_active", state.pendingRequests().get());
            breakers("default", cluster.definition().circuitBreakers().defaultPriority());
            breakers("high", cluster.definition().circuitBreakers().highPriority());
            for (ClusterStat stat : ClusterStat.values()) {
                counter(stat.statName(), state.counters().get(stat));
            }
            codes(state.responses());
            if (cluster.outlierDetector() != null) {
                gauge("outlier_detection.ejections_active", count(endpoints, endpoint -> endpoint.host()
                        .ejected()));
                counter("outlier_detection.ejections_enforced_total", sum(endpoints, host -> host.outlier()
                        .ejections()));
            }
        }

        /** Only what there was, as in Envoy. */
        private void codes(ResponseCodes responses) {
            counter("upstream_rq_completed", responses.sum(100, 600));
            for (int hundred = 100; hundred < 600; hundred += 100) {
                long sum = responses.sum(hundred, hundred + 100);
                for (int status = hundred; sum > 0 && status < hundred + 100; status++) {
                    if (responses.get(status) > 0) {
                        counter("upstream_rq_" + status, responses.get(status));
                    }
                }
                if (sum > 0) {
                    counter("upstream_rq_" + hundred / 100 + "xx", sum);
                }
            }
        }

        private void breakers(String priority, CircuitBreakers.Thresholds limits) {
            ClusterState state = cluster.state();
            String prefix = "circuit_breakers." + priority + ".";
            open(prefix + "cx_open", state.connections().get() >= limits.maxConnections());
            open(prefix + "rq_open", state.activeRequests().get() >= limits.maxRequests());
            open(prefix + "rq_pending_open", state.pendingRequests().get() >= limits.maxPendingRequests());
            open(
                    prefix + "rq_retry_open",
                    limits.retryBudget() == null && state.activeRetries().get() >= limits.maxRetries());
        }

        private void open(String metric, boolean open) {
            out.accept(Stat.flag(cluster.name(), metric, open));
        }

        private void gauge(String metric, long value) {
            out.accept(Stat.gauge(cluster.name(), metric, value));
        }

        private void counter(String metric, long value) {
            out.accept(Stat.counter(cluster.name(), metric, value));
        }

        private static boolean healthy(Endpoint endpoint) {
            HealthStatus said = endpoint.description().health();
            return !endpoint.host().ejected() && (said == HealthStatus.HEALTHY || said == HealthStatus.UNKNOWN);
        }

        private static boolean degraded(Endpoint endpoint) {
            return !endpoint.host().ejected() && endpoint.description().health() == HealthStatus.DEGRADED;
        }

        private static long count(List<Endpoint> endpoints, Predicate<Endpoint> which) {
            return endpoints.stream().filter(which).count();
        }

        private static long sum(List<Endpoint> endpoints, ToLongFunction<Host> of) {
            return endpoints.stream().map(Endpoint::host).mapToLong(of).sum();
        }
    }
}
