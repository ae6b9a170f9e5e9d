package io.inmesh.client.server;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.route.InboundSnapshot;
import io.inmesh.client.security.IdentityHolder;
import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.client.security.ServerTlsFactory;
import io.inmesh.client.testing.RecordedCalls;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A server behind the mesh with an application that counts its requests and says what it sees of each. */
public abstract class MeshedServer implements AutoCloseable {

    static final MeshClock CLOCK = MeshClock.system();

    public final InboundHolder holder = new InboundHolder();
    public final IdentityHolder identities = new IdentityHolder();
    public final AtomicInteger requests = new AtomicInteger();
    public final RecordedCalls calls = new RecordedCalls();

    /** Lets the requests for {@code /hold} go on. */
    public final CountDownLatch released = new CountDownLatch(1);

    protected MeshedServer(WorkloadIdentity identity) {
        IgnoredServerName.require();
        identities.publish(identity);
    }

    public abstract int port();

    /** Publishes what the mode's listener for this server's port compiles to. */
    public final MeshedServer with(IntFunction<InboundSnapshot> listener) {
        holder.publish(listener.apply(port()));
        return this;
    }

    @Override
    public abstract void close();

    public final InboundPipeline pipeline() {
        return new InboundPipeline(holder, new ServerTlsFactory(identities)::engine, calls, CLOCK);
    }

    /** What a handler does with a request for {@code /hold}. */
    protected final void hold() {
        try {
            if (!released.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody released the request");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
