package io.inmesh.cli;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.InboundCompiler;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.client.pipeline.InboundDecision;
import io.inmesh.client.pipeline.InboundOpening;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.xds.state.XdsResources;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** The data plane of one workload over resources that nobody sends: the tables and pipelines that its calls would meet, and no socket. */
final class OfflineClient {

    /** The same answer for the same resources. */
    private static final long SEED = 1;

    private final OutboundPipeline outbound;
    private final InboundPipeline inbound;

    OfflineClient(XdsResources resources) {
        MeshClock clock = MeshClock.system();
        SplittableRandom chance = new SplittableRandom(SEED);
        HostRegistry registry = new HostRegistry(clock, chance);
        SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
        snapshots.publish(new OutboundCompiler(registry, chance)
                .compile(resources, Compilation.nothing())
                .snapshot());
        outbound = new OutboundPipeline(snapshots, clock, chance, null);
        InboundHolder holder = new InboundHolder();
        holder.publish(InboundCompiler.compile(resources.listeners().byName().values(), clock, KeySources.NONE)
                .snapshot());
        inbound = new InboundPipeline(holder, settings -> anyEngine(), null, clock);
    }

    Explanation explain(MeshRequest request) {
        return outbound.explain(request);
    }

    InboundOpening open(InboundConnection connection) {
        return inbound.open(connection);
    }

    InboundDecision decide(InboundConnection connection, MeshRequest request) {
        return inbound.decide(connection, request);
    }

    /** No handshake is made with it: that there would be one is all that matters. */
    private static Optional<SSLEngine> anyEngine() {
        try {
            return Optional.of(SSLContext.getDefault().createSSLEngine());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
