package io.inmesh.control.push;

import io.inmesh.control.push.Hub.Kind;
import io.inmesh.control.state.Proxy;
import io.inmesh.control.state.graph.Derived;
import io.inmesh.control.translate.Scopes;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Rpc.Status;
import io.inmesh.xds.wire.Message;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's ADS stream. It always sends from the newest state, so that a slow client never has more than one answer per type waiting; a
 * type is not sent while an earlier one that changed still waits for its answer. Thread-safe.
 */
public final class ClientStream {

    private static final System.Logger LOG = System.getLogger(ClientStream.class.getName());
    private static final int MOST_NAMES = 100_000;

    private final Hub hub;
    private final long id;
    private final Proxy proxy;
    private final Protocol protocol;
    private final Outlet outlet;
    private final Instant since;
    private final ReentrantLock sending = new ReentrantLock();
    private final AtomicBoolean waking = new AtomicBoolean();
    private final Map<XdsType, Subscription> subscriptions = new EnumMap<>(XdsType.class);
    private final Set<String> unknownTypes = new HashSet<>();
    private final Runnable looker = this::look;
    private @Nullable Derived<Scopes.Outbound> outbound;
    private @Nullable Derived<Scopes.Inbound> inbound;
    private @Nullable Kind kind;
    private @Nullable View view;
    private long answers;
    private boolean closed;

    ClientStream(Hub hub, long id, Proxy proxy, Protocol protocol, Outlet outlet, Instant since) {
        this.hub = hub;
        this.id = id;
        this.proxy = proxy;
        this.protocol = protocol;
        this.outlet = outlet;
        this.since = since;
    }

    public Proxy proxy() {
        return proxy;
    }

    long id() {
        return id;
    }

    /**
     * Takes a DiscoveryRequest.
     *
     * @throws IllegalArgumentException if it asks for more than a client may
     */
    public void request(Message request) {
        List<String> names = request.get(DiscoveryRequest.RESOURCE_NAMES);
        bounded(names);
        String nonce = request.get(DiscoveryRequest.RESPONSE_NONCE);
        String error = error(request.find(DiscoveryRequest.ERROR_DETAIL));
        take(request.get(DiscoveryRequest.TYPE_URL), nonce, error, (subscription, now) -> {
            subscription.answer(nonce, request.get(DiscoveryRequest.VERSION_INFO), error);
            subscription.want(now, names);
        });
    }

    /**
     * Takes a DeltaDiscoveryRequest.
     *
     * @throws IllegalArgumentException if it asks for more than a client may
     */
    public void deltaRequest(Message request) {
        List<String> added = request.get(DeltaDiscoveryRequest.RESOURCE_NAMES_SUBSCRIBE);
        List<String> dropped = request.get(DeltaDiscoveryRequest.RESOURCE_NAMES_UNSUBSCRIBE);
        Map<String, String> known = request.get(DeltaDiscoveryRequest.INITIAL_RESOURCE_VERSIONS);
        bounded(added);
        bounded(known.keySet());
        String nonce = request.get(DeltaDiscoveryRequest.RESPONSE_NONCE);
        String error = error(request.find(DeltaDiscoveryRequest.ERROR_DETAIL));
        take(request.get(DeltaDiscoveryRequest.TYPE_URL), "", error, (subscription, now) -> {
            subscription.answerDelta(nonce, error);
            boolean asks = !added.isEmpty() || !dropped.isEmpty() || nonce.isEmpty();
            if (asks) {
                if (subscription.names().size() + added.size() > MOST_NAMES) {
                    throw new IllegalArgumentException("more than " + MOST_NAMES + " resource names");
                }
                subscription.want(now, added, dropped, known);
            }
        });
    }

    private void take(String typeUrl, String nonce, String error, BiConsumer<Subscription, View> request) {
        hub.locked(() -> {
            XdsType type = XdsType.ofUrl(typeUrl).orElse(null);
            if (type == null) {
                ignore(typeUrl);
                return false;
            }
            Subscription subscription = subscriptions.computeIfAbsent(
                    type,
                    unknown -> new Subscription(unknown, protocol != Protocol.STATE_OF_THE_WORLD, () -> hub.due(this)));
            if (closed || subscription.stale(nonce)) {
                return false;
            }
            if (!error.isEmpty()) {
                LOG.log(Level.WARNING, "client=" + proxy.id() + " type=" + type + " refused: " + error);
            }
            request.accept(subscription, view());
            return true;
        });
        flush();
    }

    /** The client can read again, or something is due. */
    public void wake() {
        waking.set(false);
        flush();
    }

    /** Returns whether nobody else is about to wake it. */
    boolean wakeOnce() {
        return !waking.getAndSet(true);
    }

    public StreamStatus status() {
        return hub.locked(() -> new StreamStatus(
                id,
                proxy,
                since,
                subscriptions.values().stream().map(Subscription::status).toList()));
    }

    /** Under the hub's lock. */
    View view() {
        return Objects.requireNonNull(view);
    }

    /** Under the hub's lock: the stream follows what its client sees. */
    void scopes(Derived<Scopes.Outbound> calls, Derived<Scopes.Inbound> serves, Keeping keeping) {
        outbound = calls;
        inbound = serves;
        keeping.keep(calls, looker);
        keeping.keep(serves, looker);
        look();
    }

    private void look() {
        if (outbound == null || inbound == null) {
            return;
        }
        Kind now = new Kind(outbound.current(), inbound.current(), protocol == Protocol.ON_DEMAND, proxy.gateway());
        if (now.equals(kind)) {
            return;
        }
        View next = hub.enter(now);
        if (view != null && kind != null) {
            for (Subscription subscription : subscriptions.values()) {
                subscription.move(view, next);
            }
            hub.leave(kind, view);
        }
        kind = now;
        view = next;
    }

    /** Under the hub's lock: nothing is sent any more. */
    void leave(Keeping keeping) {
        closed = true;
        if (outbound != null && inbound != null && kind != null) {
            keeping.release(outbound, looker);
            keeping.release(inbound, looker);
            subscriptions.values().forEach(subscription -> subscription.leave(view()));
            hub.leave(kind, view());
        }
    }

    private void flush() {
        sending.lock();
        try {
            for (Optional<Answer> answer = hub.locked(this::next);
                    answer.isPresent();
                    answer = hub.locked(this::next)) {
                outlet.send(answer.get());
            }
        } finally {
            sending.unlock();
        }
    }

    /** The next answer that is due and may be sent. */
    private Optional<Answer> next() {
        if (closed || !outlet.ready()) {
            return Optional.empty();
        }
        for (XdsType type : XdsType.values()) {
            Subscription subscription = subscriptions.get(type);
            if (subscription == null || (!subscription.due() && subscription.answered())) {
                continue;
            }
            if (subscription.outstanding()) {
                if (type.wildcard()) {
                    return Optional.empty();
                }
                continue;
            }
            Optional<Answer> answer = answer(type, subscription);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private Optional<Answer> answer(XdsType type, Subscription subscription) {
        boolean first = !subscription.answered();
        boolean everything = subscription.everythingDue();
        Set<String> changed = subscription.dueNames();
        Optional<Answer.Body> body = subscription.take(view());
        if (body.isEmpty()) {
            return Optional.empty();
        }
        if (!first) {
            tellWhatIsReferredTo(type, everything, changed);
        }
        String nonce = id + "-" + ++answers;
        subscription.sent(view().version(type), nonce);
        Answer answer = new Answer(body.get(), nonce);
        hub.count(answer);
        return Optional.of(answer);
    }

    /** Envoy waits for the endpoints of a cluster that changed, and for the routes of a listener. */
    private void tellWhatIsReferredTo(XdsType type, boolean everything, Set<String> changed) {
        XdsType referred = type == XdsType.CDS ? XdsType.EDS : type == XdsType.LDS ? XdsType.RDS : null;
        Subscription subscription = referred == null ? null : subscriptions.get(referred);
        if (subscription == null) {
            return;
        }
        if (everything || type == XdsType.LDS) {
            subscription.makeEverythingDue();
        } else {
            changed.stream().filter(subscription.names()::contains).forEach(subscription::touch);
        }
    }

    private void ignore(String typeUrl) {
        if (unknownTypes.size() < 16 && unknownTypes.add(typeUrl)) {
            LOG.log(Level.DEBUG, "client=" + proxy.id() + " asks for " + typeUrl + ", which is not served");
        }
    }

    private static void bounded(Collection<String> names) {
        if (names.size() > MOST_NAMES) {
            throw new IllegalArgumentException("more than " + MOST_NAMES + " resource names");
        }
    }

    private static String error(Optional<Message> detail) {
        return detail.map(status -> status.get(Status.MESSAGE).isEmpty()
                        ? "code " + status.get(Status.CODE)
                        : bounded(status.get(Status.MESSAGE)))
                .orElse("");
    }

    private static String bounded(String text) {
        return text.length() > 4096 ? text.substring(0, 4096) : text;
    }
}
