package io.inmesh.control.push;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.state.Proxy;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.Rpc.Status;
import io.inmesh.xds.wire.Message;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One client's ADS stream. It always sends from the newest view, so that a slow client never has more than one answer per type
 * waiting; a type is not sent while an earlier one that changed still waits for its answer. Thread-safe.
 */
public final class ClientStream {

    private static final System.Logger LOG = System.getLogger(ClientStream.class.getName());
    private static final int MOST_NAMES = 100_000;

    private final long id;
    private final Proxy proxy;
    private final Supplier<View> view;
    private final Outlet outlet;
    private final Instant since;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<XdsType, Subscription> subscriptions = new EnumMap<>(XdsType.class);
    private final Set<String> unknownTypes = new HashSet<>();
    private long answers;
    private boolean closed;

    ClientStream(long id, Proxy proxy, Supplier<View> view, Outlet outlet, MeshClock clock) {
        this.id = id;
        this.proxy = proxy;
        this.view = view;
        this.outlet = outlet;
        this.since = clock.now();
    }

    public Proxy proxy() {
        return proxy;
    }

    /**
     * Takes a DiscoveryRequest.
     *
     * @throws IllegalArgumentException if it asks for more than a client may
     */
    public void request(Message request) {
        XdsType type = XdsType.ofUrl(request.get(DiscoveryRequest.TYPE_URL)).orElse(null);
        List<String> names = request.get(DiscoveryRequest.RESOURCE_NAMES);
        if (names.size() > MOST_NAMES) {
            throw new IllegalArgumentException("more than " + MOST_NAMES + " resource names");
        }
        lock.lock();
        try {
            if (type == null) {
                ignore(request.get(DiscoveryRequest.TYPE_URL));
                return;
            }
            Subscription subscription = subscriptions.computeIfAbsent(type, Subscription::new);
            String nonce = request.get(DiscoveryRequest.RESPONSE_NONCE);
            if (subscription.stale(nonce)) {
                return;
            }
            String error = error(request);
            if (!error.isEmpty()) {
                LOG.log(Level.WARNING, "client=" + proxy.id() + " type=" + type + " refused: " + error);
            }
            subscription.request(names, request.get(DiscoveryRequest.VERSION_INFO), nonce, error);
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** The view may have changed, or the client can read again. */
    public void wake() {
        lock.lock();
        try {
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is sent any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    public StreamStatus status() {
        lock.lock();
        try {
            return new StreamStatus(
                    id,
                    proxy,
                    since,
                    subscriptions.values().stream().map(Subscription::status).toList());
        } finally {
            lock.unlock();
        }
    }

    private void flush() {
        if (closed || subscriptions.isEmpty()) {
            return;
        }
        View now = view.get();
        for (XdsType type : XdsType.values()) {
            Subscription subscription = subscriptions.get(type);
            if (subscription == null) {
                continue;
            }
            if (!outlet.ready()) {
                return;
            }
            if (!send(type, subscription, now.of(type))) {
                return;
            }
        }
    }

    /** Returns false if something is due and has to wait for the client. */
    private boolean send(XdsType type, Subscription subscription, ResourceSet set) {
        if (subscription.outstanding()) {
            return !type.wildcard()
                    || set.version().equals(subscription.status().sent());
        }
        List<EncodedResource> due = subscription.due(set);
        if (due == null) {
            return true;
        }
        String nonce = id + "-" + ++answers;
        subscription.sent(due, set.version(), nonce);
        resendWhatIsReferredTo(type);
        outlet.send(Message.of(DiscoveryResponse.TYPE)
                .with(DiscoveryResponse.VERSION_INFO, set.version())
                .with(
                        DiscoveryResponse.RESOURCES,
                        due.stream().map(EncodedResource::any).toList())
                .with(DiscoveryResponse.TYPE_URL, type.url())
                .with(DiscoveryResponse.NONCE, nonce));
        return true;
    }

    /** Envoy waits for the endpoints of a cluster that changed, and for the routes of a listener. */
    private void resendWhatIsReferredTo(XdsType type) {
        XdsType referred = type == XdsType.CDS ? XdsType.EDS : type == XdsType.LDS ? XdsType.RDS : null;
        Subscription subscription = referred == null ? null : subscriptions.get(referred);
        if (subscription != null) {
            subscription.resendAll();
        }
    }

    private void ignore(String typeUrl) {
        if (unknownTypes.size() < 16 && unknownTypes.add(typeUrl)) {
            LOG.log(Level.DEBUG, "client=" + proxy.id() + " asks for " + typeUrl + ", which is not served");
        }
    }

    private static String error(Message request) {
        return request.find(DiscoveryRequest.ERROR_DETAIL)
                .map(status -> status.get(Status.MESSAGE).isEmpty()
                        ? "code " + status.get(Status.CODE)
                        : bounded(status.get(Status.MESSAGE)))
                .orElse("");
    }

    private static String bounded(String text) {
        return text.length() > 4096 ? text.substring(0, 4096) : text;
    }
}
