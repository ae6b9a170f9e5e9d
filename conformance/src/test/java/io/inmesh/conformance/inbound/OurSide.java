package io.inmesh.conformance.inbound;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.compile.InboundCompiler;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.security.IdentityHolder;
import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.client.security.ServerTlsFactory;
import io.inmesh.xds.model.listener.Listener;
import java.util.List;

/** A server behind the mesh, whose listener can be another one at any time. */
abstract class OurSide implements AutoCloseable {

    private final InboundHolder holder = new InboundHolder();
    private final IdentityHolder identities = new IdentityHolder();
    private final String name;

    OurSide(String name, WorkloadIdentity identity) {
        IgnoredServerName.require();
        this.name = name;
        identities.publish(identity);
    }

    /** As rows name it. */
    final String name() {
        return name;
    }

    final InboundPipeline pipeline() {
        return new InboundPipeline(holder, new ServerTlsFactory(identities)::engine, null, MeshClock.system());
    }

    abstract int port();

    /** Takes effect with the next connection; returns what is not honoured. */
    final List<String> publish(Listener listener) {
        InboundCompiler.Result result = InboundCompiler.compile(List.of(listener), MeshClock.system(), KeySources.NONE);
        holder.publish(result.snapshot());
        return result.unsupported();
    }

    @Override
    public abstract void close();
}
