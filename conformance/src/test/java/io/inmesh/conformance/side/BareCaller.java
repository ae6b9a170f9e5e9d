package io.inmesh.conformance.side;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.compile.CallerPlace;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.pipeline.BlockingDriver;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.pipeline.Signal;
import io.inmesh.client.resilience.TimingWheel;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.conformance.config.Callers;
import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import io.inmesh.xds.model.endpoint.Locality;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
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
    private final Compiled compiled;

    BareCaller(
            Configuration configuration, Heard heard, RandomGenerator chance, Optional<InetSocketAddress> nameServer) {
        MeshClock clock = MeshClock.system();
        SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
        OutboundCompiler compiler = new OutboundCompiler(new HostRegistry(clock, chance), chance, place(configuration));
        compiled = new Compiled(DecodedResources.of(configuration), compiler, snapshots);
        nameServer.ifPresent(server -> compiled.follow(server, chance, timers, copies));
        OutboundPipeline pipeline = new OutboundPipeline(snapshots, clock, chance, heard);
        this.driver = new BlockingDriver<>(
                pipeline, transport, new TimingWheel(clock, timers), Signal::await, clock, 0, copies);
    }

    private static CallerPlace place(Configuration configuration) {
        return Callers.place(configuration)
                .map(place -> new CallerPlace("", new Locality(place.get(0), place.get(1), place.get(2))))
                .orElse(CallerPlace.UNKNOWN);
    }

    @Override
    public Response call(Request request) throws IOException {
        Carried carried = driver.newCall(request, new RequestView(request)).execute();
        return carried.finish(request.method());
    }

    @Override
    public void close() {
        compiled.close();
        timers.shutdownNow();
        copies.shutdownNow();
        transport.close();
    }
}
