package io.inmesh.agent.sds;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.inmesh.agent.connect.AgentContext;
import io.inmesh.agent.connect.Backoff;
import io.inmesh.agent.connect.Channels;
import io.inmesh.agent.identity.IdentityStatus;
import io.inmesh.agent.identity.KeptIdentity;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The workload's identity from another process on this machine, over a Unix socket: a node's agent by Envoy's secret discovery, or SPIRE's by
 * the Workload API. The other side rotates; this one verifies what it gets, keeps the last while the stream is down, and connects
 * again every few seconds. Thread-safe; all decisions are made on the context's executor.
 */
public final class LocalIdentity implements KeptIdentity {

    private static final Logger LOG = System.getLogger(LocalIdentity.class.getName());

    private final IdentityProtocol protocol;
    private final Channels channels;
    private final Runnable closeChannels;
    private final AgentContext context;
    private final Backoff backoff;
    private final List<Consumer<WorkloadIdentity>> consumers = new ArrayList<>();
    private volatile @Nullable WorkloadIdentity current;
    private volatile IdentityStatus status = IdentityStatus.NONE;
    private @Nullable ManagedChannel channel;
    private boolean closed;

    LocalIdentity(IdentityProtocol protocol, Channels channels, Runnable closeChannels, AgentContext context) {
        this.protocol = protocol;
        this.channels = channels;
        this.closeChannels = closeChannels;
        this.context = context;
        this.backoff = new Backoff(context.random());
    }

    /** From a node's agent, under the names of Istio's. */
    public static LocalIdentity secretDiscovery(Path socket, AgentContext context) {
        UnixChannels channels = new UnixChannels(socket);
        return new LocalIdentity(new SdsProtocol(), channels, channels::close, context);
    }

    /** From SPIRE's agent, or any other Workload API. */
    public static LocalIdentity workloadApi(Path socket, AgentContext context) {
        UnixChannels channels = new UnixChannels(socket);
        return new LocalIdentity(new WorkloadApiProtocol(), channels, channels::close, context);
    }

    @Override
    public void start(Consumer<WorkloadIdentity> consumer) {
        context.executor().execute(() -> {
            consumers.add(consumer);
            WorkloadIdentity known = current;
            if (known != null) {
                consumer.accept(known);
            } else if (consumers.size() == 1) {
                connect();
            }
        });
    }

    @Override
    public Optional<WorkloadIdentity> usable() {
        WorkloadIdentity known = current;
        return known != null && context.clock().now().isBefore(known.notAfter())
                ? Optional.of(known)
                : Optional.empty();
    }

    @Override
    public IdentityStatus status() {
        return status;
    }

    @Override
    public void close() {
        context.executor().execute(() -> {
            closed = true;
            consumers.clear();
            shutdown();
            closeChannels.run();
        });
    }

    private void connect() {
        if (closed) {
            return;
        }
        try {
            ManagedChannel opened = channels.open(Optional.empty());
            channel = opened;
            ClientCall<Message, Message> call = ClientInterceptors.intercept(
                            opened, MetadataUtils.newAttachHeadersInterceptor(protocol.headers()))
                    .newCall(protocol.method(), CallOptions.DEFAULT);
            new Stream(opened, protocol.begin()).begin(call);
        } catch (IOException e) {
            again(String.valueOf(e.getMessage()));
        }
    }

    private void shutdown() {
        if (channel != null) {
            channel.shutdownNow();
            channel = null;
        }
    }

    private void again(String why) {
        shutdown();
        if (!closed) {
            Duration pause = backoff.next();
            status = status.failed(why);
            LOG.log(
                    Level.WARNING,
                    "No identity from this machine's agent: cause={0} retryMillis={1}",
                    why,
                    pause.toMillis());
            var unused = context.executor().schedule(this::connect, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void accept(WorkloadIdentity identity) throws CertificateException {
        SpiffeId proven = SvidVerifier.verify(
                identity.chain(), identity.trustBundle(), context.clock().now());
        if (!proven.equals(identity.id())) {
            throw new CertificateException("the certificate is of " + proven + ", not of " + identity.id());
        }
        backoff.reset();
        current = identity;
        status = new IdentityStatus(Optional.of(identity.notAfter()), Optional.empty(), 0, Optional.empty());
        LOG.log(Level.INFO, "Identity in use: id={0} until={1}", identity.id(), identity.notAfter());
        for (Consumer<WorkloadIdentity> consumer : List.copyOf(consumers)) {
            consumer.accept(identity);
        }
    }

    /** One connection's messages, each taken on the executor; those of a connection that has been given up are not. */
    private final class Stream implements StreamObserver<Message> {

        private final ManagedChannel over;
        private final IdentityProtocol.Conversation conversation;
        private @Nullable StreamObserver<Message> requests;

        Stream(ManagedChannel over, IdentityProtocol.Conversation conversation) {
            this.over = over;
            this.conversation = conversation;
        }

        void begin(ClientCall<Message, Message> call) {
            if (protocol.method().getType().clientSendsOneMessage()) {
                ClientCalls.asyncServerStreamingCall(call, protocol.request(), this);
            } else {
                requests = ClientCalls.asyncBidiStreamingCall(call, this);
                requests.onNext(protocol.request());
            }
        }

        @Override
        public void onNext(Message response) {
            context.executor().execute(() -> take(response));
        }

        private void take(Message response) {
            if (channel != over) {
                return;
            }
            try {
                var identity = conversation.take(response);
                if (identity.isPresent()) {
                    accept(identity.get());
                }
                var reply = conversation.reply(response);
                if (requests != null && reply.isPresent()) {
                    requests.onNext(reply.get());
                }
            } catch (GeneralSecurityException e) {
                again("refused, " + e.getMessage());
            }
        }

        @Override
        public void onError(Throwable failure) {
            ended(String.valueOf(failure.getMessage()));
        }

        @Override
        public void onCompleted() {
            ended("the stream has ended");
        }

        private void ended(String why) {
            context.executor().execute(() -> {
                if (channel == over) {
                    again(why);
                }
            });
        }
    }
}
