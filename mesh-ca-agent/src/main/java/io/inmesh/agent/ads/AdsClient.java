package io.inmesh.agent.ads;

import io.grpc.Status;
import io.inmesh.agent.connect.AgentContext;
import io.inmesh.agent.connect.Backoff;
import io.inmesh.agent.connect.Channels;
import io.inmesh.agent.store.ResourceStore;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.decode.Rejection;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.state.ResourceCache.Applied;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one ADS stream (state of the world) to the control service. Begins with the resources on disk, subscribes to what they name,
 * takes what is usable and refuses the rest by name, and reconnects with all subscriptions when the stream ends. While the control
 * service is away the last resources stay. Thread-safe; everything happens on the context's executor.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol">The xDS protocol</a>
 */
public final class AdsClient implements AdsSource, AdsStream.Hearer {

    private static final Logger LOG = System.getLogger(AdsClient.class.getName());

    /** Envoy's rule for resources that were asked for and do not come. */
    private static final long PATIENCE_SECONDS = 15;

    private final Message node;
    private final AgentContext context;
    private final Channels channels;
    private final Supplier<Optional<WorkloadIdentity>> identity;
    private final Optional<ResourceKeeper> keeper;
    private final Backoff backoff;
    private final ResourceCache cache;
    private final AtomicBoolean started = new AtomicBoolean();
    private final Map<ResourceType, Subscription> subscriptions = new EnumMap<>(ResourceType.class);

    private volatile AdsStatus status = AdsStatus.NONE;
    private volatile boolean closed;
    private volatile boolean leaving;
    private @Nullable Consumer<XdsResources> listener;
    private @Nullable AdsStream stream;
    private @Nullable Future<?> patience;

    /**
     * @param identity what to show to the control service when a stream is opened
     * @param store where the last good resources are kept, if anywhere
     */
    public AdsClient(
            Node node,
            AgentContext context,
            Channels channels,
            Supplier<Optional<WorkloadIdentity>> identity,
            Optional<ResourceStore> store) {
        this.node = node.toMessage();
        this.cache = new ResourceCache(node.ownAssignments());
        this.context = context;
        this.channels = channels;
        this.identity = identity;
        this.keeper = store.map(disk -> new ResourceKeeper(disk, context));
        this.backoff = new Backoff(context.random());
        for (ResourceType type : ResourceType.values()) {
            subscriptions.put(type, new Subscription(type));
        }
    }

    @Override
    public void start(Consumer<XdsResources> consumer) {
        if (started.getAndSet(true)) {
            throw new IllegalStateException("an ADS client has one consumer");
        }
        context.executor().execute(() -> {
            listener = consumer;
            restore();
            connect();
        });
    }

    @Override
    public AdsStatus status() {
        return status;
    }

    @Override
    public void close() {
        closed = true;
        context.executor().execute(() -> {
            if (stream != null && status.connected()) {
                stream.close(Leaving.request());
            } else if (stream != null) {
                stream.close();
            }
            if (patience != null) {
                patience.cancel(false);
            }
            keeper.ifPresent(ResourceKeeper::flush);
        });
    }

    @Override
    public void leave() {
        leaving = true;
        context.executor().execute(() -> {
            if (stream != null) {
                stream.send(Leaving.request());
            }
        });
    }

    private void restore() {
        if (keeper.isEmpty()) {
            return;
        }
        for (Message response : keeper.get().load()) {
            Applied applied = cache.apply(response);
            ResourceType.of(response.get(DiscoveryResponse.TYPE_URL))
                    .filter(type -> applied.rejections().isEmpty())
                    .ifPresent(type -> subscription(type).restored(response.get(DiscoveryResponse.VERSION_INFO)));
            status = status.withFromDisk();
        }
        updateNames();
        if (status.fromDisk()) {
            LOG.log(Level.INFO, "Resources of an earlier run are in use until the control service answers");
            cache.giveUpMissing();
            deliver();
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        try {
            AdsStream opened = AdsStream.open(channels.open(identity.get()), node, context.executor(), this);
            stream = opened;
            for (Subscription subscription : subscriptions.values()) {
                subscription.reconnected();
                if (subscription.isActive()) {
                    opened.send(subscription.request());
                }
            }
            if (leaving) {
                opened.send(Leaving.request());
            }
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
        boolean was = status.connected();
        status = status.withConnected(false).withError(why);
        Duration pause = backoff.next();
        LOG.log(
                was ? Level.INFO : Level.DEBUG,
                "No stream to the control service: retryMillis={0} cause={1}",
                pause.toMillis(),
                why);
        var unused = context.executor().schedule(this::connect, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void heard(AdsStream from, Message response) {
        backoff.reset();
        if (!status.connected()) {
            LOG.log(Level.INFO, "The control service answers");
            waitForNames();
        }
        status = status.withConnected(true);
        Optional<ResourceType> type = ResourceType.of(response.get(DiscoveryResponse.TYPE_URL));
        if (type.isEmpty()) {
            LOG.log(Level.WARNING, "Resources nobody asked for: {0}", response.get(DiscoveryResponse.TYPE_URL));
            return;
        }
        Applied applied = cache.apply(response);
        answer(from, subscription(type.get()), response, applied.rejections());
        List<Subscription> changed = updateNames();
        changed.forEach(subscription -> from.send(subscription.request()));
        if (!changed.isEmpty()) {
            waitForNames();
        }
        deliver();
        keeper.ifPresent(disk -> disk.changed(cache));
    }

    private void answer(AdsStream to, Subscription subscription, Message response, List<Rejection> rejections) {
        if (rejections.isEmpty()) {
            to.send(subscription.acknowledge(response));
            return;
        }
        String reason = rejections.stream().map(Rejection::toString).collect(Collectors.joining("; "));
        LOG.log(Level.WARNING, "Resources refused: {0}", reason);
        status = status.withError(reason);
        to.send(subscription.refuse(response, reason));
    }

    /** Asks for what the resources name now; tells which subscriptions changed. */
    private List<Subscription> updateNames() {
        List<Subscription> changed = new ArrayList<>();
        subscriptions.forEach((type, subscription) -> {
            if (subscription.ask(cache.names(type))) {
                changed.add(subscription);
            }
        });
        return changed;
    }

    /** What is named and does not come for so long does not exist. */
    private void waitForNames() {
        if (patience != null) {
            patience.cancel(false);
        }
        patience = context.executor().schedule(this::giveUpMissing, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void giveUpMissing() {
        if (status.connected()) {
            cache.giveUpMissing();
            deliver();
            keeper.ifPresent(disk -> disk.changed(cache));
        }
    }

    /** A consumer that fails must not end the stream: the next resources may suit it. */
    private void deliver() {
        if (listener != null) {
            try {
                listener.accept(cache.resources());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The resources are not put to use", e);
            }
        }
    }

    private Subscription subscription(ResourceType type) {
        return Objects.requireNonNull(subscriptions.get(type));
    }
}
