package io.inmesh.agent.ads;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.inmesh.agent.connect.WireMarshaller;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryResponse;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection and the one stream on it. Takes one response at a time: the next is asked for when the last has been dealt with, so
 * that a fast control service fills its own queue and not our memory. Everything happens on one executor.
 */
final class AdsStream {

    private static final MethodDescriptor<Message, Message> STREAM = WireMarshaller.method(
            MethodDescriptor.MethodType.BIDI_STREAMING,
            "envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources",
            DiscoveryRequest.TYPE,
            DiscoveryResponse.TYPE);

    private static final MethodDescriptor<Message, Message> DELTA = WireMarshaller.method(
            MethodDescriptor.MethodType.BIDI_STREAMING,
            "envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources",
            DeltaDiscoveryRequest.TYPE,
            DeltaDiscoveryResponse.TYPE);

    private final ManagedChannel channel;
    private final ClientCall<Message, Message> call;
    private final Field<Message> nodeField;
    private @Nullable Message node;
    private boolean over;

    private AdsStream(
            ManagedChannel channel, MethodDescriptor<Message, Message> method, Field<Message> nodeField, Message node) {
        this.channel = channel;
        this.call = channel.newCall(method, CallOptions.DEFAULT);
        this.nodeField = nodeField;
        this.node = node;
    }

    /** Begins a stream; what it hears is told on the executor. */
    static AdsStream open(ManagedChannel channel, Message node, Executor executor, Hearer hearer) {
        return start(new AdsStream(channel, STREAM, DiscoveryRequest.NODE, node), executor, hearer);
    }

    /** Begins a delta stream. */
    static AdsStream openDelta(ManagedChannel channel, Message node, Executor executor, Hearer hearer) {
        return start(new AdsStream(channel, DELTA, DeltaDiscoveryRequest.NODE, node), executor, hearer);
    }

    private static AdsStream start(AdsStream stream, Executor executor, Hearer hearer) {
        stream.call.start(stream.listener(executor, hearer), new Metadata());
        stream.call.request(1);
        return stream;
    }

    /** Sends a request; the first carries the node. */
    void send(Message request) {
        if (over) {
            return;
        }
        call.sendMessage(node == null ? request : request.with(nodeField, node));
        node = null;
    }

    /** Ends stream and connection at once. */
    void close() {
        over = true;
        call.cancel("the agent closes the stream", null);
        channel.shutdownNow();
    }

    /** Says a last word and ends; blocks, for a second at most, until the control service has heard it. */
    void close(Message last) {
        if (over) {
            return;
        }
        send(last);
        over = true;
        call.request(Integer.MAX_VALUE); // what is still on its way must not hold up the end
        call.halfClose();
        channel.shutdown();
        try {
            var unused = channel.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.shutdownNow();
    }

    private ClientCall.Listener<Message> listener(Executor executor, Hearer hearer) {
        return new ClientCall.Listener<>() {
            @Override
            public void onMessage(Message response) {
                executor.execute(() -> {
                    if (!over) {
                        hearer.heard(AdsStream.this, response);
                        call.request(1);
                    }
                });
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
                executor.execute(() -> {
                    if (!over) {
                        over = true;
                        channel.shutdownNow();
                        hearer.ended(AdsStream.this, status);
                    }
                });
            }
        };
    }

    /** Is told what a stream hears. */
    interface Hearer {

        void heard(AdsStream stream, Message response);

        /** The stream is over, for whatever reason but our own closing. */
        void ended(AdsStream stream, Status status);
    }
}
