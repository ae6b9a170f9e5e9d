package io.inmesh.client.adapter.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.security.IdentityHolder;
import io.inmesh.client.security.ServerTlsFactory;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.Policies;
import io.inmesh.client.testing.RecordedCalls;
import io.inmesh.testkit.TestPki;
import io.inmesh.testkit.TestTls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A grpc-java server whose callers and calls are judged by what xDS says. */
class MeshGrpcTest {

    private static final String FRONTEND = "spiffe://cluster.local/ns/default/sa/frontend";
    private static final MethodDescriptor<String, String> ECHO = method("shop.Echo/Say");
    private static final MethodDescriptor<String, String> ADMIN = method("shop.Admin/Drop");

    private final TestPki pki = TestPki.create();
    private final WorkloadIdentity frontend = pki.identity("default", "frontend");
    private final InboundHolder holder = new InboundHolder();
    private final IdentityHolder identities = new IdentityHolder();
    private final RecordedCalls calls = new RecordedCalls();
    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicReference<Metadata> seen = new AtomicReference<>(new Metadata());
    private final List<ManagedChannel> channels = new ArrayList<>();
    private Server server;

    @BeforeEach
    void start() throws IOException {
        identities.publish(pki.identity("default", "httpbin"));
        ServerTlsFactory tls = new ServerTlsFactory(identities);
        InboundPipeline inbound = new InboundPipeline(holder, tls::engine, calls, MeshClock.system());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MeshGrpc.credentials(tls));
        builder.intercept(new io.grpc.ServerInterceptor() {
            @Override
            public <Q, A> io.grpc.ServerCall.Listener<Q> interceptCall(
                    io.grpc.ServerCall<Q, A> call, Metadata headers, io.grpc.ServerCallHandler<Q, A> next) {
                seen.set(headers);
                return next.startCall(call, headers);
            }
        });
        server = MeshGrpc.protect(builder, inbound, tls)
                .addService(ServerServiceDefinition.builder("shop.Echo")
                        .addMethod(ECHO, ServerCalls.asyncUnaryCall((request, answer) -> {
                            handled.incrementAndGet();
                            answer.onNext("served " + request);
                            answer.onCompleted();
                        }))
                        .build())
                .addService(ServerServiceDefinition.builder("shop.Admin")
                        .addMethod(ADMIN, ServerCalls.asyncUnaryCall((request, answer) -> {
                            handled.incrementAndGet();
                            answer.onNext("dropped");
                            answer.onCompleted();
                        }))
                        .build())
                .build()
                .start();
        holder.publish(InboundListeners.strict(server.getPort()));
    }

    @AfterEach
    void stop() throws InterruptedException {
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void aCallerOfTheMeshIsServedAndKnown() throws Exception {
        assertThat(call(channel(frontend), ECHO)).isEqualTo("served hello");
        assertThat(seen.get().get(key("x-forwarded-client-cert"))).contains("URI=" + FRONTEND);

        CallReport report = calls.next();
        assertThat(report.status()).isEqualTo(200);
        assertThat(report.peer().principal()).isEqualTo(FRONTEND);
        assertThat(report.grpcStatus()).isEqualTo("0");
        assertThat(report.mutualTls()).isTrue();
    }

    @Test
    void callersWithoutOrWithAForeignCertificateAndPlaintextReachNoHandler() throws Exception {
        WorkloadIdentity foreign = TestPki.create().identity("default", "frontend");
        for (WorkloadIdentity caller : new WorkloadIdentity[] {null, foreign}) {
            assertCode(channel(caller), Status.Code.UNAVAILABLE);
        }
        ManagedChannel plaintext = Grpc.newChannelBuilder(
                        "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
        channels.add(plaintext);
        assertCode(plaintext, Status.Code.UNAVAILABLE);
        assertThat(handled).hasValue(0);
    }

    @Test
    void aPolicyDeniesByMethodAndCallerAndSaysNoMoreThanEnvoy() throws Exception {
        holder.publish(InboundListeners.strict(
                server.getPort(), Policies.allow(Policies.pathPrefix("/shop.Echo/"), Policies.caller(FRONTEND))));
        ManagedChannel channel = channel(frontend);

        assertThat(call(channel, ECHO)).isEqualTo("served hello");
        assertThatThrownBy(() -> call(channel, ADMIN))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessage("PERMISSION_DENIED: RBAC: access denied");
        assertCode(channel(pki.identity("default", "other")), Status.Code.PERMISSION_DENIED);
        assertThat(handled).hasValue(1);
    }

    @Test
    void forgedHeadersNeverReachTheHandlerAndDeniedOnesAreFound() throws Exception {
        Metadata forged = new Metadata();
        forged.put(key("x-forwarded-client-cert"), "URI=spiffe://cluster.local/ns/a/sa/admin");
        forged.put(key("x-envoy-original-path"), "/admin");
        forged.put(key("x-role"), "user");
        forged.put(key("x-role"), "admin");
        Channel channel =
                ClientInterceptors.intercept(channel(frontend), MetadataUtils.newAttachHeadersInterceptor(forged));

        assertThat(call(channel, ECHO)).isEqualTo("served hello");
        assertThat(seen.get().getAll(key("x-forwarded-client-cert")))
                .singleElement()
                .asString()
                .endsWith("URI=" + FRONTEND);
        assertThat(seen.get().containsKey(key("x-envoy-original-path"))).isFalse();

        holder.publish(InboundListeners.strict(server.getPort(), Policies.deny(Policies.headerIs("x-role", "admin"))));
        assertCode(channel, Status.Code.PERMISSION_DENIED);
    }

    @Test
    void anOpenConnectionGetsNoFurtherCallWhenItsModeIsGone() throws Exception {
        ManagedChannel channel = channel(frontend);
        assertThat(call(channel, ECHO)).isEqualTo("served hello");

        holder.publish(InboundListeners.disabled(server.getPort()));
        assertCode(channel, Status.Code.UNAVAILABLE);
        assertThat(handled).hasValue(1);
    }

    @Test
    void aNewIdentityAndNewRootsCountForNewConnectionsWithoutARestart() throws Exception {
        assertThat(call(channel(frontend), ECHO)).isEqualTo("served hello");
        TestPki other = TestPki.create();
        identities.publish(other.identity("default", "httpbin"));

        assertCode(channel(frontend), Status.Code.UNAVAILABLE);
        assertThat(call(channel(other.identity("default", "frontend")), ECHO)).isEqualTo("served hello");
    }

    private void assertCode(Channel channel, Status.Code code) {
        assertThatThrownBy(() -> call(channel, ECHO))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(code));
    }

    private static String call(Channel channel, MethodDescriptor<String, String> method) {
        return ClientCalls.blockingUnaryCall(
                channel, method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), "hello");
    }

    private ManagedChannel channel(@Nullable WorkloadIdentity caller) {
        ApplicationProtocolConfig http2 = new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, "h2");
        SslContext tls = new JdkSslContext(
                TestTls.believing(caller),
                true,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                http2,
                ClientAuth.NONE,
                null,
                false);
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .sslContext(tls)
                .overrideAuthority("httpbin")
                .build();
        channels.add(channel);
        return channel;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static MethodDescriptor<String, String> method(String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(name)
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
