package io.inmesh.agent.ads;

import io.inmesh.agent.connect.AgentContext;
import io.inmesh.agent.store.ResourceStore;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes the last good resources to disk: a while after a change, so that a burst of pushes is one write, and only when they are
 * complete, so that a crash in the middle of a first fetch leaves the earlier copy. A disk that cannot be written is told once and harms
 * nothing else. Everything but the writing happens on the context's executor.
 */
final class ResourceKeeper {

    private static final Logger LOG = System.getLogger(ResourceKeeper.class.getName());
    private static final long QUIET_MILLIS = 500;

    private final ResourceStore store;
    private final AgentContext context;
    private @Nullable List<Message> unwritten;
    private volatile boolean broken;

    ResourceKeeper(ResourceStore store, AgentContext context) {
        this.store = store;
        this.context = context;
    }

    /** The responses of an earlier run; those that cannot be read are left out. */
    List<Message> load() {
        List<Message> responses = new ArrayList<>();
        try {
            for (byte[] bytes : store.load()) {
                responses.add(Message.parse(DiscoveryResponse.TYPE, bytes));
            }
        } catch (MalformedMessageException e) {
            LOG.log(Level.WARNING, "The resources on disk are of another version: {0}", e.getMessage());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The resources on disk cannot be read: {0}", e.toString());
        }
        return responses;
    }

    /** The resources are others now. */
    void changed(ResourceCache cache) {
        if (!cache.resources().complete()) {
            return;
        }
        boolean scheduled = unwritten != null;
        List<Message> responses = new ArrayList<>();
        for (ResourceType type : ResourceType.values()) {
            responses.add(cache.response(type));
        }
        unwritten = responses;
        if (!scheduled) {
            var unused = context.executor().schedule(this::flush, QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Hands what is not written yet to the disk's executor. */
    void flush() {
        List<Message> responses = unwritten;
        if (responses != null) {
            unwritten = null;
            context.disk().execute(() -> write(responses));
        }
    }

    private void write(List<Message> responses) {
        try {
            store.save(responses.stream().map(Message::toBytes).toList());
            broken = false;
        } catch (IOException e) {
            LOG.log(
                    broken ? Level.DEBUG : Level.WARNING,
                    "The last good resources are not kept on disk: {0}",
                    e.toString());
            broken = true;
        }
    }
}
