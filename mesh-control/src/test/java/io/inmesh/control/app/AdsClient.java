package io.inmesh.control.app;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.serve.WireMarshaller;
import io.inmesh.xds.envoy.CoreBase.Node;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of ADS that acknowledges what it gets and keeps it. */
final class AdsClient implements StreamObserver<Message>, AutoCloseable {

    private static final MethodDescriptor<Message, Message> STREAM = WireMarshaller.method(
            MethodDescriptor.MethodType.BIDI_STREAMING,
            "envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources",
            DiscoveryRequest.TYPE,
            DiscoveryResponse.TYPE);

    private final ManagedChannel channel;
    private final StreamObserver<Message> requests;
    private final BlockingQueue<Message> responses = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private final Message node;
    private boolean nodeSent;

    AdsClient(ManagedChannel channel, String id, Map<String, ?> metadata, String token) {
        this.channel = channel;
        this.node = Message.of(Node.TYPE).with(Node.ID, id).with(Node.METADATA, Struct.of(metadata));
        Metadata headers = new Metadata();
        if (!token.isEmpty()) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        }
        requests = ClientCalls.asyncBidiStreamingCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers))
                        .newCall(STREAM, CallOptions.DEFAULT),
                this);
    }

    void subscribe(XdsType type, String... names) {
        ask(type.url(), names);
    }

    void ask(String typeUrl, String... names) {
        Message request = Message.of(DiscoveryRequest.TYPE)
                .with(DiscoveryRequest.TYPE_URL, typeUrl)
                .with(DiscoveryRequest.RESOURCE_NAMES, List.of(names));
        requests.onNext(nodeSent ? request : request.with(DiscoveryRequest.NODE, node));
        nodeSent = true;
    }

    /** The next answer, acknowledged. */
    Message next(String... names) throws InterruptedException {
        Message response = responses.poll(10, TimeUnit.SECONDS);
        if (response == null) {
            throw new AssertionError(
                    "no answer in time; the stream " + (end.isDone() ? "ended: " + end.join() : "lives"));
        }
        requests.onNext(Message.of(DiscoveryRequest.TYPE)
                .with(DiscoveryRequest.TYPE_URL, response.get(DiscoveryResponse.TYPE_URL))
                .with(DiscoveryRequest.VERSION_INFO, response.get(DiscoveryResponse.VERSION_INFO))
                .with(DiscoveryRequest.RESPONSE_NONCE, response.get(DiscoveryResponse.NONCE))
                .with(DiscoveryRequest.RESOURCE_NAMES, List.of(names)));
        return response;
    }

    /** Why the stream ended. */
    Throwable end() throws Exception {
        return end.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(Message response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable reason) {
        end.complete(reason);
    }

    @Override
    public void onCompleted() {
        end.complete(new IllegalStateException("completed"));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
