package io.inmesh.client.adapter.reactor;

import io.inmesh.api.spi.Deadline;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.AsyncCall;
import io.inmesh.client.pipeline.AsyncDriver;
import io.inmesh.client.pipeline.EndpointTls;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.resilience.Timers;
import io.inmesh.client.security.ClientTlsFactory;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Sends requests through the mesh by Reactor Netty. Nothing blocks, but for calls that come before the first configuration, on threads
 * given for that. Cancelling a subscription ends its attempt on the wire. The deadline of a call is the one in Reactor's context, under the
 * key that Micrometer's context propagation uses, {@code io.inmesh.api.spi.Deadline}, or that of the subscribing thread. Thread-safe.
 */
public final class ReactorMesh implements AutoCloseable {

    /** The key of the deadline in Reactor's context. */
    public static final String DEADLINE = Deadline.class.getName();

    private final NettyClients clients;
    private final AsyncDriver<ReactorCall, NettyAnswer, ReactorResponse> driver;

    /**
     * Wires the transport.
     *
     * @param waits blocks with calls that have to wait for configuration
     */
    public ReactorMesh(
            OutboundPipeline pipeline,
            ClientTlsFactory tls,
            Timers timers,
            MeshClock clock,
            long readyWaitNanos,
            Executor waits) {
        clients = new NettyClients(clock);
        driver = new AsyncDriver<>(
                pipeline,
                new NettyTransport(clients, new EndpointTls(tls), clock),
                timers,
                clock,
                readyWaitNanos,
                waits);
    }

    /** The answer of the upstream, or the local reply that Envoy would give; each subscription is a call of its own. */
    public Mono<ReactorResponse> exchange(ReactorRequest request) {
        return Mono.create(sink -> {
            Deadline inContext = sink.contextView().getOrDefault(DEADLINE, null);
            ReactorCall outbound = new ReactorCall(request);
            AsyncCall<ReactorCall, NettyAnswer, ReactorResponse> call =
                    driver.newCall(outbound, new ReactorHead(request), new Subscriber(sink, outbound));
            sink.onCancel(call::cancel);
            Deadline.Scope scope = Deadline.with(inContext == null ? Deadline.current() : inContext);
            try (scope) {
                call.start();
            }
        });
    }

    @Override
    public void close() {
        clients.close();
    }

    /** Tells a subscriber what came of his call. */
    private record Subscriber(MonoSink<ReactorResponse> sink, ReactorCall outbound)
            implements AsyncCall.Caller<ReactorResponse> {

        @Override
        public void answered(ReactorResponse response) {
            @Nullable Throwable own = response.localReply() == null ? null : outbound.applicationFailure();
            if (own == null) {
                sink.success(response);
            } else {
                sink.error(own);
            }
        }

        @Override
        public void failed(Exception why) {
            sink.error(why);
        }
    }
}
