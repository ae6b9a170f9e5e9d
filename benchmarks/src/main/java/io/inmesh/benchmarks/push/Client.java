package io.inmesh.benchmarks.push;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.serve.WireMarshaller;
import io.inmesh.xds.envoy.CoreBase.Node;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryResponse;
import io.inmesh.xds.envoy.Discovery.Resource;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A client that asks as Istio's sidecar does, or only for what it calls; acknowledges everything and notes when it did. */
final class Client implements StreamObserver<Message>, AutoCloseable {

    private static final MethodDescriptor<Message, Message> STREAM = WireMarshaller.method(
            MethodDescriptor.MethodType.BIDI_STREAMING,
            "envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources",
            DeltaDiscoveryRequest.TYPE,
            DeltaDiscoveryResponse.TYPE);
    private static final String LISTENER = "0.0.0.0_";

    private final ManagedChannel channel;
    private final StreamObserver<Message> requests;
    private final boolean onDemand;
    private final Map<String, Integer> seen = new ConcurrentHashMap<>();
    volatile long lastNanos;
    volatile long received;

    Client(int port, int number, List<Integer> calls) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(256 << 20)
                .directExecutor()
                .build();
        onDemand = !calls.isEmpty();
        requests = ClientCalls.asyncBidiStreamingCall(channel.newCall(STREAM, CallOptions.DEFAULT), this);
        Message node = Message.of(Node.TYPE)
                .with(Node.ID, "sidecar~10.250.0.1~c" + number + ".clients~clients.svc.cluster.local")
                .with(Node.METADATA, Struct.of(Map.of("NAMESPACE", "clients", "INMESH_ON_DEMAND", "" + onDemand)));
        if (onDemand) {
            List<String> clusters = calls.stream()
                    .map(call -> "outbound|80||" + World.host(call))
                    .toList();
            ask(XdsType.CDS, clusters, node);
            ask(XdsType.EDS, clusters, null);
            ask(
                    XdsType.VHDS,
                    calls.stream().map(call -> "80/" + World.host(call)).toList(),
                    null);
        } else {
            ask(XdsType.CDS, List.of(), node);
            ask(XdsType.LDS, List.of(), null);
        }
    }

    private void ask(XdsType type, List<String> names, @Nullable Message node) {
        requests.onNext(Message.of(DeltaDiscoveryRequest.TYPE)
                .with(DeltaDiscoveryRequest.NODE, node)
                .with(DeltaDiscoveryRequest.TYPE_URL, type.url())
                .with(DeltaDiscoveryRequest.RESOURCE_NAMES_SUBSCRIBE, names));
    }

    /** How often the resource of that name has come. */
    int seen(String name) {
        return seen.getOrDefault(name, 0);
    }

    @Override
    public void onNext(Message response) {
        String type = response.get(DeltaDiscoveryResponse.TYPE_URL);
        List<String> names = response.get(DeltaDiscoveryResponse.RESOURCES).stream()
                .map(resource -> resource.get(Resource.NAME))
                .toList();
        Message acknowledgement = Message.of(DeltaDiscoveryRequest.TYPE)
                .with(DeltaDiscoveryRequest.TYPE_URL, type)
                .with(DeltaDiscoveryRequest.RESPONSE_NONCE, response.get(DeltaDiscoveryResponse.NONCE));
        requests.onNext(acknowledgement);
        if (!onDemand && type.equals(XdsType.CDS.url()) && received == 0) {
            ask(
                    XdsType.EDS,
                    names.stream().filter(name -> name.startsWith("outbound|")).toList(),
                    null);
        } else if (!onDemand && type.equals(XdsType.LDS.url())) {
            ask(
                    XdsType.RDS,
                    names.stream()
                            .filter(name -> name.startsWith(LISTENER))
                            .map(name -> name.substring(LISTENER.length()))
                            .toList(),
                    null);
        }
        count();
        lastNanos = System.nanoTime();
        boolean assignments = type.equals(XdsType.EDS.url());
        names.forEach(name -> seen.merge(assignments ? "EDS " + name : name, 1, Integer::sum));
    }

    @Override
    public void onError(Throwable broken) {}

    @Override
    public void onCompleted() {}

    @Override
    public void close() {
        channel.shutdownNow();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the stream's one thread writes, others read
    private void count() {
        received++;
    }
}
