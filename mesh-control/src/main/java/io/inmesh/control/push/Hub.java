package io.inmesh.control.push;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.control.state.PushContext;
import io.inmesh.control.translate.Scopes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where streams meet the state: a change is put to use, what it touches is translated again, and the streams that asked for that are woken,
 * each at most once at a time. Thread-safe; the state, the tables and what streams are due are under one lock, sending is not.
 */
public final class Hub {

    private final MeshClock clock;
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final PushContext context;
    private final Keeping keeping;
    private final ResourceNodes nodes;
    private final Map<Long, ClientStream> streams = new LinkedHashMap<>();
    private final Set<ClientStream> due = new LinkedHashSet<>();
    private final Map<Object, Upkeep> upkeeps = new HashMap<>();
    private final Map<Kind, View> views = new HashMap<>();
    private long ids;
    private long pushes;
    private long bodies;
    private long answers;
    private long bytes;
    private volatile boolean complete;

    /** Clients of one kind see the same. */
    record Kind(Scopes.Outbound outbound, Scopes.Inbound inbound, boolean onDemand, boolean gateway) {
        private record Calls(Scopes.Outbound outbound, boolean onDemand) {}

        /** What the table of its calls depends on. */
        Object calls() {
            return gateway ? new Scopes.Gateway(outbound, inbound) : new Calls(outbound, onDemand);
        }

        /** What the table of its served ports depends on; gateways serve none of their own. */
        Object serves() {
            return gateway ? "gateway" : inbound;
        }
    }

    /**
     * Without any state or stream.
     *
     * @param executor runs the pushes; several threads help
     */
    public Hub(MeshSettings settings, MeshClock clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
        this.context = new PushContext(settings);
        this.keeping = new Keeping(context.graph());
        this.nodes = new ResourceNodes(context);
    }

    /** Whether there was a complete state; before, no client may connect. */
    public boolean complete() {
        return complete;
    }

    /** Puts changes to use and wakes the streams that they interest. The state that is left behind is complete. */
    public void push(Consumer<PushContext> change) {
        List<ClientStream> woken;
        lock.lock();
        try {
            change.accept(context);
            keeping.refresh();
            pushes++;
            complete = true;
            woken = List.copyOf(due);
            due.clear();
        } finally {
            lock.unlock();
        }
        woken.forEach(this::wakeLater);
    }

    /** Looks at the state; what the function returns must not refer to it. */
    public <T> T inspect(Function<PushContext, T> look) {
        return locked(() -> {
            T found = look.apply(context);
            context.graph().sweep();
            return found;
        });
    }

    /** A client connected. */
    public ClientStream connect(Proxy proxy, Protocol protocol, Outlet outlet) {
        return locked(() -> {
            ClientStream stream = new ClientStream(this, ++ids, proxy, protocol, outlet, clock.now());
            stream.scopes(nodes.outboundScope(proxy), nodes.inboundScope(proxy), keeping);
            streams.put(stream.id(), stream);
            return stream;
        });
    }

    /** A client is gone. */
    public void disconnect(ClientStream stream) {
        locked(() -> {
            if (streams.remove(stream.id(), stream)) {
                stream.leave(keeping);
                due.remove(stream);
                context.graph().sweep();
            }
            return stream;
        });
    }

    /** Frees what nobody asks for any longer; to be called now and then. */
    public void tidy() {
        locked(() -> {
            views.values().forEach(View::tidy);
            upkeeps.values().forEach(Upkeep::trim);
            return views;
        });
    }

    /** The connected clients in the order of their coming. */
    public List<StreamStatus> statuses() {
        return locked(() -> streams.values().stream()
                .map(ClientStream::status)
                .sorted(Comparator.comparingLong(StreamStatus::id))
                .toList());
    }

    /** What pushes have cost so far. */
    public PushCounts counts() {
        return locked(() -> {
            long made =
                    bodies + views.values().stream().mapToLong(View::bodiesMade).sum();
            return new PushCounts(pushes, context.graph().computations(), nodes.encoded(), made, answers, bytes);
        });
    }

    /** How many kinds of clients there are; those of one kind share everything. */
    public int views() {
        return locked(views::size);
    }

    /** What clients of a kind like this one see now; for tests and people. */
    public Map<XdsType, List<EncodedResource>> resourcesFor(Proxy proxy) {
        ClientStream probe = connect(proxy, Protocol.STATE_OF_THE_WORLD, Outlet.NOWHERE);
        try {
            return locked(() -> {
                Map<XdsType, List<EncodedResource>> all = new LinkedHashMap<>();
                for (XdsType type : XdsType.values()) {
                    all.put(type, probe.view().all(type));
                }
                return all;
            });
        } finally {
            disconnect(probe);
        }
    }

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    void due(ClientStream stream) {
        due.add(stream);
    }

    /** Under the lock: the answer counts as sent. */
    void count(Answer answer) {
        answers++;
        bytes += answer.length();
    }

    /** Under the lock: the view of a kind, for one more client. */
    View enter(Kind kind) {
        View view = views.get(kind);
        if (view == null) {
            Upkeep calls = upkeeps.computeIfAbsent(kind.calls(), unknown -> calls(kind));
            Upkeep serves = upkeeps.computeIfAbsent(kind.serves(), unknown -> serves(kind));
            view = new View(calls, serves);
            views.put(kind, view);
        }
        view.enter();
        return view;
    }

    /** Under the lock: one client less. */
    void leave(Kind kind, View view) {
        if (view.leave()) {
            views.remove(kind);
            bodies += view.bodiesMade();
            for (Object key : List.of(kind.calls(), kind.serves())) {
                Upkeep upkeep = upkeeps.get(key);
                if (upkeep != null && upkeep.table().views().isEmpty()) {
                    upkeeps.remove(key);
                    upkeep.close();
                }
            }
        }
    }

    private Upkeep calls(Kind kind) {
        Upkeep upkeep = new Upkeep(keeping);
        if (kind.gateway()) {
            nodes.gateway(upkeep, new Scopes.Gateway(kind.outbound(), kind.inbound()));
        } else if (kind.onDemand()) {
            nodes.onDemand(upkeep, kind.outbound());
        } else {
            nodes.everything(upkeep, kind.outbound());
        }
        return upkeep;
    }

    private Upkeep serves(Kind kind) {
        Upkeep upkeep = new Upkeep(keeping);
        if (!kind.gateway()) {
            nodes.inbound(upkeep, kind.inbound());
        }
        return upkeep;
    }

    private void wakeLater(ClientStream stream) {
        if (stream.wakeOnce()) {
            try {
                executor.execute(stream::wake);
            } catch (RejectedExecutionException closing) {
                // The process ends, and with it the stream.
                disconnect(stream);
            }
        }
    }
}
