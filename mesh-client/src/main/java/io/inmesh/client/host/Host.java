package io.inmesh.client.host;

/** What goes on at one address of a cluster. Thread-safe. */
public final class Host {

    private final ClusterState cluster;
    private final String address;
    private final long firstSeenNanos;
    private final Gauge connections = new Gauge();
    private final Gauge connecting = new Gauge();
    private final int place;
    private final Gauge activeRequests;
    private final Counters<HostStat> counters = new Counters<>(HostStat.class);
    private final OutlierState outlier = new OutlierState();
    private final Latency latency = new Latency();

    Host(ClusterState cluster, String address, long firstSeenNanos) {
        this.cluster = cluster;
        this.address = address;
        this.firstSeenNanos = firstSeenNanos;
        place = cluster.activity().take();
        activeRequests = cluster.activity().gauge(place);
    }

    public ClusterState cluster() {
        return cluster;
    }

    /** Host and port. */
    public String address() {
        return address;
    }

    /** When a snapshot first named this host, for warm-up. */
    public long firstSeenNanos() {
        return firstSeenNanos;
    }

    /** Connections open or being opened. */
    public Gauge connections() {
        return connections;
    }

    /** Of those, how many are being opened for a pending request. */
    public Gauge connecting() {
        return connecting;
    }

    /** Where its {@link #activeRequests()} stand in {@link ClusterState#activity()}. */
    public int place() {
        return place;
    }

    /** Requests under way on its connections: what least request compares. */
    public Gauge activeRequests() {
        return activeRequests;
    }

    /** What Envoy counts of a host. */
    public Counters<HostStat> counters() {
        return counters;
    }

    public OutlierState outlier() {
        return outlier;
    }

    /** How long it takes to answer; only clusters that choose by it keep it up to date. */
    public Latency latency() {
        return latency;
    }

    public boolean ejected() {
        return outlier.ejected();
    }

    /** A connection is being opened, counted here and in the cluster. */
    public void connectionOpening() {
        connections.increment();
        cluster.connections().increment();
    }

    /** A connection that was counted has been closed, or was not opened after all. */
    public void connectionClosed() {
        connections.decrement();
        cluster.connections().decrement();
    }

    @Override
    public String toString() {
        return address;
    }
}
