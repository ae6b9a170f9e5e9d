package io.inmesh.benchmarks;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.http.MeshResponse;
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
import io.inmesh.xds.state.FileConfigSource;
import io.inmesh.xds.state.XdsResources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** The real compiler, pipeline and driver over a stub transport, with the configuration that a real istiod sent. */
final class Engine implements AutoCloseable {

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "timers");
        thread.setDaemon(true);
        return thread;
    });
    private final BlockingDriver<MeshRequest, MeshResponse> driver;

    /** Starts from a folder of {@code istiod-captures}. */
    static Engine of(String capture) {
        Path shared = Path.of(System.getProperty("mesh.shared", "../shared"));
        XdsResources[] resources = new XdsResources[1];
        try (FileConfigSource files =
                new FileConfigSource(shared.resolve("istiod-captures").resolve(capture))) {
            files.start(state -> resources[0] = state);
        }
        return new Engine(resources[0]);
    }

    private Engine(XdsResources resources) {
        MeshClock clock = MeshClock.system();
        RandomGenerator chance = new ThreadChance();
        HostRegistry registry = new HostRegistry(clock, chance);
        Compilation compilation = new OutboundCompiler(registry, chance).compile(resources, Compilation.nothing());
        SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
        snapshots.publish(compilation.snapshot());
        OutboundPipeline pipeline = new OutboundPipeline(snapshots, clock, chance, null);
        driver = new BlockingDriver<>(
                pipeline, new StubTransport(), new TimingWheel(clock, timers), Signal::await, clock, 0);
    }

    MeshResponse call(MeshRequest request) throws IOException {
        return driver.newCall(request, request).execute();
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
