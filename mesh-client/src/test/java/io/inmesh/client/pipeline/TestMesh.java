package io.inmesh.client.pipeline;

import io.inmesh.api.spi.MeshListener;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.pipeline.BareTransport.Sent;
import io.inmesh.client.resilience.CallGuards;
import io.inmesh.client.route.LocalPolicies;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.testkit.TextRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The engine as a whole on a bare transport: real compiler, real pipeline, real driver; virtual time, seeded chance. */
final class TestMesh {

    final VirtualTime time = new VirtualTime();
    final SplittableRandom chance = new SplittableRandom(11);
    final HostRegistry registry = new HostRegistry(time, chance);
    final BareTransport transport;
    final OutboundPipeline pipeline;

    /** What mirrors get, until a test sends it. */
    final List<Runnable> copies = new ArrayList<>();

    private final SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
    private final OutboundCompiler compiler = new OutboundCompiler(registry, chance);
    private final BlockingDriver<TextRequest, Response> driver;
    private Compilation compilation = Compilation.nothing();

    TestMesh(Resources resources, Function<Sent, Answer> upstream) {
        this(resources, upstream, null);
    }

    TestMesh(Resources resources, Function<Sent, Answer> upstream, @Nullable MeshListener listener) {
        this(resources, upstream, listener, CallGuards.none());
    }

    TestMesh(Resources resources, Function<Sent, Answer> upstream, @Nullable MeshListener listener, CallGuards guards) {
        this(resources, upstream, listener, guards, BeyondEnvoy.NOTHING);
    }

    TestMesh(
            Resources resources, Function<Sent, Answer> upstream, @Nullable MeshListener listener, BeyondEnvoy beyond) {
        this(resources, upstream, listener, CallGuards.none(), beyond);
    }

    private TestMesh(
            Resources resources,
            Function<Sent, Answer> upstream,
            @Nullable MeshListener listener,
            CallGuards guards,
            BeyondEnvoy beyond) {
        transport = new BareTransport(time, upstream);
        pipeline = new OutboundPipeline(
                snapshots, time, chance, listener, "127.0.0.1", new LocalPolicies(guards, chance, true), beyond);
        driver = new BlockingDriver<>(pipeline, transport, time, time, time, 0, copies::add);
        push(resources);
    }

    void push(Resources resources) {
        compilation = compiler.compile(resources.build(), compilation);
        snapshots.publish(compilation.snapshot());
        registry.retain(compilation.addressesByCluster());
    }

    MeshSnapshot snapshot() {
        return compilation.snapshot();
    }

    /** Calls and reads the response to its end. */
    Response get(String url) {
        return call(TextRequest.get(url));
    }

    Response call(TextRequest request) {
        Response response = open(request);
        response.read();
        return response;
    }

    /** Calls, and leaves the response open. */
    Response open(TextRequest request) {
        try {
            return driver.newCall(request, request).execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BlockingCall<TextRequest, Response> newCall(String url) {
        TextRequest request = TextRequest.get(url);
        return driver.newCall(request, request);
    }

    List<Sent> sent() {
        return transport.sent;
    }

    List<String> addresses() {
        return sent().stream().map(Sent::address).toList();
    }
}
