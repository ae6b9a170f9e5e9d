package io.inmesh.agent;

import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.inmesh.agent.connect.WireMarshaller;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An ADS server in this process that writes down what it is asked and answers what a test tells it to, on the caller's thread. */
public final class ScriptedAds implements AutoCloseable {

    private final String name = InProcessServerBuilder.generateName();
    private final List<Message> requests = new ArrayList<>();
    private @Nullable Server server;
    private @Nullable StreamObserver<Message> stream;
    private int streams;
    private int nonce;

    public ScriptedAds up() {
        MethodDescriptor<Message, Message> method = WireMarshaller.method(
                MethodDescriptor.MethodType.BIDI_STREAMING,
                "envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources",
                DiscoveryRequest.TYPE,
                DiscoveryResponse.TYPE);
        try {
            server = InProcessServerBuilder.forName(name)
                    .directExecutor()
                    .addService(ServerServiceDefinition.builder("envoy.service.discovery.v3.AggregatedDiscoveryService")
                            .addMethod(method, ServerCalls.asyncBidiStreamingCall(this::accept))
                            .build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public ManagedChannel channel() {
        return InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    /** How many streams were opened so far. */
    public int streams() {
        return streams;
    }

    /** What was asked since the last call of this. */
    public List<Message> requests() {
        List<Message> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    /** What was asked of a type since the last call of {@link #requests()}. */
    public List<Message> requests(ResourceType type) {
        return requests.stream()
                .filter(request -> request.get(DiscoveryRequest.TYPE_URL).equals(type.typeUrl()))
                .toList();
    }

    /** Sends resources with a fresh nonce, which is returned. */
    public String send(ResourceType type, String version, List<Message> resources) {
        return send(Message.of(DiscoveryResponse.TYPE)
                .with(DiscoveryResponse.TYPE_URL, type.typeUrl())
                .with(DiscoveryResponse.VERSION_INFO, version)
                .with(
                        DiscoveryResponse.RESOURCES,
                        resources.stream().map(Any::pack).toList()));
    }

    public String send(Message response) {
        String fresh = "n" + ++nonce;
        stream().onNext(response.with(DiscoveryResponse.NONCE, fresh));
        return fresh;
    }

    /** Ends the stream, and leaves the server up. */
    public void breakStream() {
        stream().onError(Status.UNAVAILABLE.withDescription("broken by script").asRuntimeException());
        stream = null;
    }

    /** Takes the server away. */
    public void down() {
        if (server != null) {
            server.shutdownNow();
            server = null;
            stream = null;
        }
    }

    private StreamObserver<Message> stream() {
        if (stream == null) {
            throw new IllegalStateException("nobody has a stream open");
        }
        return stream;
    }

    private StreamObserver<Message> accept(StreamObserver<Message> responses) {
        streams++;
        stream = responses;
        return new StreamObserver<>() {
            @Override
            public void onNext(Message request) {
                requests.add(request);
            }

            @Override
            public void onError(Throwable end) {
                if (stream == responses) {
                    stream = null;
                }
            }

            @Override
            public void onCompleted() {
                responses.onCompleted();
            }
        };
    }

    @Override
    public void close() {
        down();
    }
}
