package io.inmesh.agent.sds;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.inmesh.agent.connect.WireMarshaller;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.wire.Message;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Envoy's secret discovery for one workload; whoever reaches its port is that workload. Thread-safe. */
public final class SecretService implements BindableService {

    /** Envoy's method for a stream of secrets. */
    public static final MethodDescriptor<Message, Message> STREAM = WireMarshaller.method(
            MethodDescriptor.MethodType.BIDI_STREAMING,
            "envoy.service.secret.v3.SecretDiscoveryService/StreamSecrets",
            DiscoveryRequest.TYPE,
            DiscoveryResponse.TYPE);

    private static final int MOST_STREAMS = 1_000;

    private final AtomicReference<@Nullable WorkloadIdentity> identity = new AtomicReference<>();
    private final Set<SecretStream> streams = ConcurrentHashMap.newKeySet();

    /** The workload's identity from now on; every subscriber gets it. */
    public void publish(WorkloadIdentity next) {
        identity.set(next);
        streams.forEach(stream -> stream.publish(next));
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(MethodDescriptor.extractFullServiceName(STREAM.getFullMethodName()))
                .addMethod(STREAM, ServerCalls.asyncBidiStreamingCall(this::open))
                .build();
    }

    private StreamObserver<Message> open(StreamObserver<Message> responses) {
        AtomicReference<@Nullable SecretStream> self = new AtomicReference<>();
        SecretStream stream = new SecretStream(responses, identity.get(), () -> {
            SecretStream ended = self.get();
            if (ended != null) {
                streams.remove(ended);
            }
        });
        self.set(stream);
        if (streams.size() >= MOST_STREAMS) {
            responses.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
            return stream;
        }
        streams.add(stream);
        WorkloadIdentity latest = identity.get();
        if (latest != null) {
            // A rotation may have come between the two lines above.
            stream.publish(latest);
        }
        return stream;
    }
}
