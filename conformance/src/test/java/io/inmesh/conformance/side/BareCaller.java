package io.inmesh.conformance.side;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.pipeline.BlockingDriver;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.pipeline.Signal;
import io.inmesh.client.resilience.TimingWheel;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** Our pipeline over {@link SocketTransport}: no HTTP client's habits show. */
final class BareCaller implements Caller {

    private final SocketTransport transport = new SocketTransport();
    private final ExecutorService copies = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timers =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "timers"));
    private final BlockingDriver<Request, Carried> driver;

    BareCaller(Configuration configuration, Heard heard, RandomGenerator chance) {
        MeshClock clock = MeshClock.system();
        SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
        snapshots.publish(new OutboundCompiler(new HostRegistry(clock, chance), chance)
                .compile(DecodedResources.of(configuration), Compilation.nothing())
                .snapshot());
        OutboundPipeline pipeline = new OutboundPipeline(snapshots, clock, chance, heard);
        this.driver = new BlockingDriver<>(
                pipeline, transport, new TimingWheel(clock, timers), Signal::await, clock, 0, copies);
    }

    @Override
    public Response call(Request request) throws IOException {
        Carried carried = driver.newCall(request, new RequestView(request)).execute();
        return carried.finish(request.method());
    }

    @Override
    public void close() {
        timers.shutdownNow();
        copies.shutdownNow();
        transport.close();
    }
}
