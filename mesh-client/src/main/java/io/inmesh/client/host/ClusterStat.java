package io.inmesh.client.host;

/**
 * What is counted of a cluster, under Envoy's names.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats">Envoy, cluster
 *     statistics</a>
 */
public enum ClusterStat {
    CX_TOTAL("upstream_cx_total"),
    CX_CONNECT_FAIL("upstream_cx_connect_fail"),
    CX_CONNECT_TIMEOUT("upstream_cx_connect_timeout"),
    CX_OVERFLOW("upstream_cx_overflow"),
    CX_NONE_HEALTHY("upstream_cx_none_healthy"),
    RQ_TOTAL("upstream_rq_total"),
    RQ_PENDING_TOTAL("upstream_rq_pending_total"),
    RQ_PENDING_OVERFLOW("upstream_rq_pending_overflow"),
    RQ_TIMEOUT("upstream_rq_timeout"),
    RQ_PER_TRY_TIMEOUT("upstream_rq_per_try_timeout"),
    RQ_PER_TRY_IDLE_TIMEOUT("upstream_rq_per_try_idle_timeout"),
    RQ_RX_RESET("upstream_rq_rx_reset"),
    RQ_RETRY("upstream_rq_retry"),
    RQ_RETRY_BACKOFF_EXPONENTIAL("upstream_rq_retry_backoff_exponential"),
    RQ_RETRY_BACKOFF_RATELIMITED("upstream_rq_retry_backoff_ratelimited"),
    RQ_RETRY_SUCCESS("upstream_rq_retry_success"),
    RQ_RETRY_OVERFLOW("upstream_rq_retry_overflow"),
    RQ_RETRY_LIMIT_EXCEEDED("upstream_rq_retry_limit_exceeded");

    private final String statName;

    ClusterStat(String statName) {
        this.statName = statName;
    }

    /** The name below the cluster's own. */
    public String statName() {
        return statName;
    }
}
