package io.inmesh.agent;

import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.inmesh.agent.connect.WireMarshaller;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.testkit.TestKeys;
import io.inmesh.testkit.TestLeaf;
import io.inmesh.testkit.TestPki;
import io.inmesh.xds.envoy.IstioCa;
import io.inmesh.xds.envoy.IstioCa.IstioCertificateRequest;
import io.inmesh.xds.envoy.IstioCa.IstioCertificateResponse;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Istio's CA protocol in this process, answering on the caller's thread with whatever the test makes of a right answer. */
public final class ScriptedCa implements AutoCloseable {

    private final MeshClock clock;
    private final SpiffeId id;
    private final String name = InProcessServerBuilder.generateName();
    private final Server server;

    /** Every key that came in a CSR. */
    public final List<PublicKey> keys = new ArrayList<>();

    public TestPki pki;
    public Duration life = Duration.ofHours(24);
    public Duration backdating = Duration.ofMinutes(2);
    public boolean down;
    public UnaryOperator<TestLeaf> leaf = UnaryOperator.identity();
    public Function<WorkloadIdentity, List<String>> chain =
            identity -> List.of(Pem.certificates(identity.chain()), Pem.certificates(identity.trustBundle()));

    public ScriptedCa(TestPki pki, MeshClock clock, SpiffeId id) {
        this.pki = pki;
        this.clock = clock;
        this.id = id;
        MethodDescriptor<Message, Message> create = WireMarshaller.method(
                MethodDescriptor.MethodType.UNARY,
                IstioCa.CREATE_CERTIFICATE,
                IstioCertificateRequest.TYPE,
                IstioCertificateResponse.TYPE);
        try {
            server = InProcessServerBuilder.forName(name)
                    .directExecutor()
                    .addService(ServerServiceDefinition.builder("istio.v1.auth.IstioCertificateService")
                            .addMethod(create, ServerCalls.asyncUnaryCall(this::create))
                            .build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ManagedChannel channel() {
        return InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    private void create(Message request, StreamObserver<Message> response) {
        PublicKey key = key(request.get(IstioCertificateRequest.CSR));
        keys.add(key);
        if (down) {
            response.onError(new StatusRuntimeException(Status.UNAVAILABLE.withDescription("down by script")));
            return;
        }
        Instant now = clock.now();
        KeyPair pair = new KeyPair(key, TestKeys.p256().getPrivate());
        TestLeaf right = pki.leaf(id).keys(pair).valid(now.minus(backdating), now.plus(life));
        response.onNext(Message.of(IstioCertificateResponse.TYPE)
                .with(
                        IstioCertificateResponse.CERT_CHAIN,
                        chain.apply(leaf.apply(right).issue())));
        response.onCompleted();
    }

    private static PublicKey key(String csr) {
        try {
            return new JcaPKCS10CertificationRequest(
                            Pem.blocks("CERTIFICATE REQUEST", csr).get(0))
                    .getPublicKey();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
