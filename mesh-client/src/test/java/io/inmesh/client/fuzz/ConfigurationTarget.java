package io.inmesh.client.fuzz;

import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.InboundCompiler;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Message;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Resources as a hostile control service sends them, decoded and compiled for both directions: whatever they are, they are refused by name
 * or used. The input is a row of resources, each behind its kind and its length.
 */
public final class ConfigurationTarget {

    private ConfigurationTarget() {}

    private static final List<ResourceType> TYPES = List.of(ResourceType.values());

    public static void fuzzerTestOneInput(byte[] data) {
        ResourceCache cache = new ResourceCache();
        XdsResources resources = XdsResources.EMPTY;
        ByteBuffer input = ByteBuffer.wrap(data);
        while (input.remaining() > 3) {
            ResourceType type = TYPES.get(input.get() & 3);
            byte[] bytes = new byte[Math.min(input.getShort() & 0xffff, input.remaining())];
            input.get(bytes);
            Message resource =
                    Message.of(Any.TYPE).with(Any.TYPE_URL, type.typeUrl()).with(Any.VALUE, Bytes.copyOf(bytes));
            resources = cache.apply(Message.of(DiscoveryResponse.TYPE)
                            .with(DiscoveryResponse.TYPE_URL, type.typeUrl())
                            .with(DiscoveryResponse.RESOURCES, List.of(resource)))
                    .resources();
        }
        compile(resources);
    }

    private static void compile(XdsResources resources) {
        SplittableRandom chance = new SplittableRandom(1);
        FakeClock clock = new FakeClock();
        OutboundCompiler compiler = new OutboundCompiler(new HostRegistry(clock, chance), chance);
        Compilation compilation = compiler.compile(resources, Compilation.nothing());
        compilation.snapshot().ports().keySet().forEach(port -> compilation
                .snapshot()
                .table(port, "a.b.c"));
        InboundCompiler.compile(resources.listeners().byName().values(), clock, KeySources.NONE);
    }
}
