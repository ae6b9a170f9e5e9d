package io.inmesh.client.host;

/** What is counted of a host, under the names of Envoy's {@code /clusters}. */
public enum HostStat {
    CX_CONNECT_FAIL("cx_connect_fail"),
    CX_TOTAL("cx_total"),
    RQ_ERROR("rq_error"),
    RQ_SUCCESS("rq_success"),
    RQ_TIMEOUT("rq_timeout"),
    RQ_TOTAL("rq_total");

    private final String statName;

    HostStat(String statName) {
        this.statName = statName;
    }

    public String statName() {
        return statName;
    }
}
