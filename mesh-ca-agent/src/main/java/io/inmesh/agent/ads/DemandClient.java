package io.inmesh.agent.ads;

import io.grpc.Status;
import io.inmesh.agent.connect.AgentContext;
import io.inmesh.agent.connect.Backoff;
import io.inmesh.agent.connect.Channels;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryResponse;
import io.inmesh.xds.state.HostDemand;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one delta ADS stream and holds only what this process calls: virtual hosts are asked for when they are called first, clusters and
 * endpoints when routes lead to them. A control service that sends whole route configurations, as istiod does, is followed in full by
 * another client. While the control service is away what is there stays. Thread-safe; everything happens on the context's executor.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/http_routing#arch-overview-http-routing-route-scope">on
 *     demand discovery</a>
 */
public final class DemandClient implements AdsSource, AdsStream.Hearer {

    private static final Logger LOG = System.getLogger(DemandClient.class.getName());
    private static final long TIDY_SECONDS = 10;
    private static final long PATIENCE_SECONDS = 15;

    private final Message node;
    private final AgentContext context;
    private final Channels channels;
    private final Supplier<Optional<WorkloadIdentity>> identity;
    private final Supplier<AdsClient> full;
    private final Backoff backoff;
    private final DemandedHosts hosts;
    private final DemandedState state;
    private final Map<DemandType, DeltaSubscription> subscriptions = new EnumMap<>(DemandType.class);
    private volatile AdsStatus status = AdsStatus.NONE;
    private volatile boolean closed;
    private volatile boolean leaving;
    private volatile @Nullable AdsClient followed;
    private @Nullable Consumer<XdsResources> listener;
    private @Nullable AdsStream stream;

    /**
     * @param identity what to show to the control service when a stream is opened
     * @param full follows a control service that does not serve hosts one by one
     */
    public DemandClient(
            Node node,
            AgentContext context,
            Channels channels,
            Supplier<Optional<WorkloadIdentity>> identity,
            DemandSettings settings,
            Supplier<AdsClient> full) {
        this.node = node.toMessage();
        this.state = new DemandedState(node.ownAssignments());
        this.context = context;
        this.channels = channels;
        this.identity = identity;
        this.full = full;
        this.backoff = new Backoff(context.random());
        this.hosts = new DemandedHosts(
                settings, context.clock(), name -> context.executor().execute(() -> ask(name)));
        for (DemandType type : DemandType.values()) {
            subscriptions.put(type, new DeltaSubscription(type));
        }
    }

    @Override
    public void start(Consumer<XdsResources> consumer) {
        context.executor().execute(() -> {
            listener = consumer;
            connect();
            var unused =
                    context.executor().scheduleWithFixedDelay(this::ask, TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
        });
    }

    @Override
    public Optional<HostDemand> demand() {
        return Optional.of(new HostDemand() {
            @Override
            public boolean known(int port, String authority) {
                return followed != null || hosts.known(port, authority);
            }

            @Override
            public void await(int port, String authority) throws InterruptedException {
                hosts.await(port, authority);
            }
        });
    }

    @Override
    public AdsStatus status() {
        AdsClient other = followed;
        return other == null ? status : other.status();
    }

    @Override
    public void close() {
        closed = true;
        AdsClient other = followed;
        if (other != null) {
            other.close();
        }
        context.executor().execute(() -> {
            if (stream != null && status.connected() && other == null) {
                stream.close(Leaving.deltaRequest());
            } else if (stream != null) {
                stream.close();
            }
        });
    }

    @Override
    public void leave() {
        leaving = true;
        context.executor().execute(() -> {
            AdsClient other = followed;
            if (other != null) {
                other.leave();
            } else if (stream != null) {
                stream.send(Leaving.deltaRequest());
            }
        });
    }

    private void connect() {
        if (closed || followed != null) {
            return;
        }
        try {
            AdsStream opened = AdsStream.openDelta(channels.open(identity.get()), node, context.executor(), this);
            stream = opened;
            opened.send(subscription(DemandType.LISTENER).first(state.versions(DemandType.LISTENER)));
            for (DeltaSubscription subscription : subscriptions.values()) {
                if (!subscription.type().wildcard()) {
                    subscription.reconnect(state.versions(subscription.type())).ifPresent(opened::send);
                }
            }
            ask();
            if (leaving) {
                opened.send(Leaving.deltaRequest());
            }
            var unused = context.executor().schedule(this::giveUpMissing, PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | IllegalArgumentException e) {
            // gRPC refuses a roots file without a certificate with an IllegalArgumentException.
            connectLater(e.toString());
        }
    }

    @Override
    public void ended(AdsStream ended, Status why) {
        if (ended == stream) {
            connectLater(why.toString());
        }
    }

    private void connectLater(String why) {
        status = status.withConnected(false).withError(why);
        Duration pause = backoff.next();
        LOG.log(Level.DEBUG, "No stream to the control service: retryMillis={0} cause={1}", pause.toMillis(), why);
        var unused = context.executor().schedule(this::connect, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void heard(AdsStream from, Message response) {
        backoff.reset();
        status = status.withConnected(true);
        DemandType type = DemandType.of(response.get(DeltaDiscoveryResponse.TYPE_URL));
        if (type == null) {
            return;
        }
        List<String> refused = state.take(type, response);
        from.send(subscription(type).answer(response, String.join("; ", refused)));
        if (!refused.isEmpty()) {
            status = status.withError(String.join("; ", refused));
            LOG.log(Level.WARNING, "Resources refused: {0}", refused);
        }
        if (type == DemandType.ROUTE_CONFIGURATION && state.servesWholeTables()) {
            followInFull(from);
            return;
        }
        if (type == DemandType.VIRTUAL_HOST) {
            hosts.missing(state.missingHosts());
        }
        ask();
        deliver();
    }

    /** Somebody waits for a host; one that was asked for before is asked for again, because only that is answered. */
    private void ask(String name) {
        DeltaSubscription calls = subscription(DemandType.VIRTUAL_HOST);
        boolean again = calls.has(name) && !state.presentHosts().contains(name);
        ask();
        if (stream != null && again) {
            stream.send(calls.again(name));
        }
    }

    /** Asks for what is wanted now and lets go of the rest. */
    private void ask() {
        AdsStream current = stream;
        if (current == null || followed != null) {
            return;
        }
        Map<DemandType, Set<String>> wanted = new LinkedHashMap<>();
        wanted.put(DemandType.ROUTE_CONFIGURATION, state.wantedTables());
        Set<String> calls = hosts.wanted();
        wanted.put(DemandType.VIRTUAL_HOST, calls);
        state.keepHosts(calls);
        wanted.put(DemandType.CLUSTER, state.wantedClusters());
        wanted.put(DemandType.LOAD_ASSIGNMENT, state.wantedAssignments());
        wanted.forEach((type, names) -> subscription(type).ask(names).ifPresent(current::send));
    }

    private void deliver() {
        XdsResources resources = state.resources();
        if (listener != null) {
            try {
                listener.accept(resources);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The resources are not put to use", e);
            }
        }
        hosts.present(state.presentHosts());
    }

    private void giveUpMissing() {
        if (status.connected() && followed == null) {
            state.giveUpMissing();
            deliver();
        }
    }

    private void followInFull(AdsStream from) {
        LOG.log(Level.INFO, "The control service does not serve hosts one by one: everything is asked for");
        AdsClient client = full.get();
        followed = client;
        from.close();
        client.start(Objects.requireNonNull(listener));
        if (leaving) {
            client.leave();
        }
        hosts.present(hosts.wanted());
    }

    private DeltaSubscription subscription(DemandType type) {
        return Objects.requireNonNull(subscriptions.get(type));
    }
}
