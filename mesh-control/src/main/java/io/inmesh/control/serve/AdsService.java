package io.inmesh.control.serve;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.control.config.WorkloadGroup;
import io.inmesh.control.push.Answer;
import io.inmesh.control.push.AutoRegistration;
import io.inmesh.control.push.Hub;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Envoy's aggregated discovery service, state of the world and delta: one stream per client, known by its node and by who it proved to be.
 * Thread-safe.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol">xDS protocol</a>
 */
public final class AdsService implements BindableService {

    private static final String SERVICE = "envoy.service.discovery.v3.AggregatedDiscoveryService";
    private static final MethodDescriptor<Message, Answer> STREAM =
            method("StreamAggregatedResources", DiscoveryRequest.TYPE);
    private static final MethodDescriptor<Message, Answer> DELTA =
            method("DeltaAggregatedResources", DeltaDiscoveryRequest.TYPE);

    private final Hub hub;
    private final AutoRegistration registration;
    private final MeshSettings settings;
    private final BiFunction<String, String, Optional<WorkloadGroup>> groups;
    private final DebugStream debug;
    private final boolean identityRequired;

    /**
     * A service for one port.
     *
     * @param groups finds a WorkloadGroup by namespace and name
     * @param pages what those may look at who ask for {@code istio.io/debug}
     * @param identityRequired false on the plaintext port for development only, where a client is who it says it is
     */
    public AdsService(
            Hub hub,
            AutoRegistration registration,
            MeshSettings settings,
            BiFunction<String, String, Optional<WorkloadGroup>> groups,
            DebugPages pages,
            boolean identityRequired) {
        this.debug = new DebugStream(pages, "inmesh-control");
        this.hub = hub;
        this.registration = registration;
        this.settings = settings;
        this.groups = groups;
        this.identityRequired = identityRequired;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(SERVICE)
                .addMethod(STREAM, ServerCalls.asyncBidiStreamingCall(responses -> open(responses, false)))
                .addMethod(DELTA, ServerCalls.asyncBidiStreamingCall(responses -> open(responses, true)))
                .build();
    }

    private static MethodDescriptor<Message, Answer> method(String name, MessageType request) {
        return MethodDescriptor.<Message, Answer>newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(SERVICE + "/" + name)
                .setRequestMarshaller(new WireMarshaller(request))
                .setResponseMarshaller(new AnswerMarshaller())
                .build();
    }

    private StreamObserver<Message> open(StreamObserver<Answer> responses, boolean delta) {
        AdsCall call = new AdsCall(this, (ServerCallStreamObserver<Answer>) responses, delta);
        Optional<SpiffeId> caller = Callers.current();
        if (identityRequired && caller.isEmpty()) {
            call.refuse(Status.UNAUTHENTICATED.withDescription("a client certificate of this mesh is required"));
        } else if (!hub.complete()) {
            call.refuse(Status.UNAVAILABLE.withDescription("the first complete state is not there yet"));
        } else {
            call.caller(identityRequired ? caller : Optional.empty());
        }
        return call;
    }

    Optional<Answer> debug(Message request, Optional<SpiffeId> caller, String nonce) {
        return debug.answer(request, viewer(caller), nonce);
    }

    private DebugViewer viewer(Optional<SpiffeId> caller) {
        return caller.map(proven -> DebugViewer.of(proven, settings.rootNamespace()))
                .orElse(DebugViewer.ALL);
    }

    Hub hub() {
        return hub;
    }

    NodeReader.Client read(Message node, Optional<SpiffeId> caller) {
        return NodeReader.read(node, caller, settings);
    }

    /** Registers the client if it asks for it. */
    void register(NodeReader.Client client, Object owner) {
        if (client.group().isEmpty()) {
            return;
        }
        String namespace = client.proxy().namespace();
        WorkloadGroup group = groups.apply(namespace, client.group().get())
                .orElseThrow(() -> new IllegalArgumentException("there is no WorkloadGroup " + namespace + "/"
                        + client.group().get()));
        String account = group.template().serviceAccount();
        if (!account.isEmpty() && !account.equals(client.proxy().serviceAccount())) {
            throw new IllegalArgumentException(
                    "workloads of " + group.meta().id() + " have the service account " + account);
        }
        if (client.address().isEmpty()) {
            throw new IllegalArgumentException("a workload without an address cannot be registered");
        }
        registration.register(group, client.proxy(), client.address(), client.ports(), client.locality(), owner);
    }

    void unregister(Object owner) {
        registration.disconnected(owner);
    }

    /** The client's workload takes no requests until it is registered again. */
    void withdraw(Object owner) {
        registration.withdraw(owner);
    }
}
