package io.inmesh.test;

import io.inmesh.client.adapter.resilience4j.Resilience4jGuards;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.pipeline.BlockingDriver;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.route.LocalPolicies;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.xds.state.XdsResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.SplittableRandom;

/** The calling side: the real compiler, pipeline and driver over a transport without a network. */
final class VirtualMesh {

    private final VirtualTime time;
    private final VirtualTransport transport;
    private final OutboundPipeline pipeline;
    private final BlockingDriver<MeshCall, MeshResult> driver;

    VirtualMesh(XdsResources resources, VirtualTime time, long seed) {
        this.time = time;
        SplittableRandom chance = new SplittableRandom(seed);
        Compilation compilation =
                new OutboundCompiler(new HostRegistry(time, chance), chance).compile(resources, Compilation.nothing());
        SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
        snapshots.publish(compilation.snapshot());
        LocalPolicies policies = new LocalPolicies(new Resilience4jGuards(time), chance, true);
        pipeline = new OutboundPipeline(snapshots, time, chance, null, "10.255.0.1", policies);
        transport = new VirtualTransport(time);
        driver = new BlockingDriver<>(pipeline, transport, time, time, time, 0);
    }

    Explanation explain(MeshCall call) {
        return pipeline.explain(call);
    }

    MeshResult call(MeshCall call, int... statuses) {
        transport.begin(statuses);
        long start = time.nanoTime();
        try {
            MeshResult result = driver.newCall(call, call).execute();
            return transport.ended(result, Duration.ofNanos(time.nanoTime() - start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
