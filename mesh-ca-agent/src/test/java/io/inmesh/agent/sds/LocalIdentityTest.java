package io.inmesh.agent.sds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.inmesh.agent.connect.AgentContext;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.testkit.TestPki;
import io.inmesh.xds.envoy.SpiffeWorkload.X509Svid;
import io.inmesh.xds.envoy.SpiffeWorkload.X509SvidResponse;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Identities over real Unix sockets, from both kinds of local agents. */
@EnabledOnOs(OS.LINUX)
class LocalIdentityTest {

    private static final TestPki PKI = TestPki.create();
    private static final WorkloadIdentity REVIEWS = PKI.identity("shop", "reviews");

    @TempDir
    Path folder;

    /** What gRPC tells after the end is of no interest. */
    private final ScheduledExecutorService executor =
            new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());

    private final AgentContext context = new AgentContext(MeshClock.system(), new Random(1), executor, executor);
    private final BlockingQueue<WorkloadIdentity> delivered = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void secretsComeAtOnceAndAfterEveryRotation() throws Exception {
        SecretService secrets = new SecretService();
        secrets.publish(REVIEWS);
        try (UnixSocket port = listen(OptionalInt.empty(), secrets);
                LocalIdentity identity = LocalIdentity.secretDiscovery(socket(), context)) {
            identity.start(delivered::add);
            assertThat(next()).isEqualTo(REVIEWS);
            assertThat(identity.usable()).hasValue(REVIEWS);

            WorkloadIdentity rotated = PKI.identity("shop", "reviews");
            secrets.publish(rotated);
            assertThat(next()).isEqualTo(rotated);
        }
        assertThat(socket()).as("a closed port leaves nothing behind").doesNotExist();
    }

    @Test
    void anAgentThatComesBackIsFoundAgainWithinSeconds() throws Exception {
        SecretService first = new SecretService();
        first.publish(REVIEWS);
        try (LocalIdentity identity = LocalIdentity.secretDiscovery(socket(), context)) {
            identity.start(delivered::add);
            try (UnixSocket port = listen(OptionalInt.empty(), first)) {
                assertThat(next()).isEqualTo(REVIEWS);
            }
            WorkloadIdentity later = PKI.identity("shop", "reviews");
            SecretService second = new SecretService();
            second.publish(later);
            try (UnixSocket port = listen(OptionalInt.empty(), second)) {
                assertThat(next()).isEqualTo(later);
            }
            assertThat(identity.usable()).as("kept while the agent is away").hasValue(later);
        }
    }

    @Test
    void onlyTheOneUserGetsIn() throws Exception {
        SecretService secrets = new SecretService();
        secrets.publish(REVIEWS);
        int stranger = (Integer) Files.getAttribute(folder, "unix:uid") + 1;
        try (UnixSocket port = listen(OptionalInt.of(stranger), secrets);
                LocalIdentity identity = LocalIdentity.secretDiscovery(socket(), context)) {
            identity.start(delivered::add);
            awaitFailure(identity);
            assertThat(delivered).isEmpty();
        }
    }

    @Test
    void theSocketIsThisUsersAloneAndReplacesOnlyAnotherSocket() throws Exception {
        try (UnixSocket port = listen(OptionalInt.empty(), new SecretService())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-------");
        }
        Files.writeString(socket(), "precious");
        assertThatThrownBy(() -> listen(OptionalInt.empty(), new SecretService()))
                .isInstanceOf(IOException.class);
        assertThat(Files.readString(socket())).isEqualTo("precious");
    }

    @Test
    void aWorkloadApiGivesItsDefaultIdentity() throws Exception {
        try (UnixSocket port = listen(
                        OptionalInt.empty(), workloadApi(REVIEWS, REVIEWS.id().uri()));
                LocalIdentity identity = LocalIdentity.workloadApi(socket(), context)) {
            identity.start(delivered::add);
            assertThat(next()).isEqualTo(REVIEWS);
        }
    }

    @Test
    void aWorkloadApiThatNamesAnotherThanItsCertificateIsRefused() throws Exception {
        try (UnixSocket port =
                        listen(OptionalInt.empty(), workloadApi(REVIEWS, "spiffe://cluster.local/ns/shop/sa/admin"));
                LocalIdentity identity = LocalIdentity.workloadApi(socket(), context)) {
            identity.start(delivered::add);
            awaitFailure(identity);
            assertThat(delivered).isEmpty();
            assertThat(identity.status().lastFailure().orElseThrow()).contains("refused");
        }
    }

    private Path socket() {
        return folder.resolve("agent.sock");
    }

    private UnixSocket listen(OptionalInt user, BindableService service) throws IOException {
        return UnixSocket.listen(socket(), user, service);
    }

    private WorkloadIdentity next() throws InterruptedException {
        WorkloadIdentity identity = delivered.poll(20, TimeUnit.SECONDS);
        assertThat(identity).as("delivered within twenty seconds").isNotNull();
        return identity;
    }

    private static void awaitFailure(LocalIdentity identity) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (identity.status().failures() == 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** As SPIRE's answers: one identity, DER, and nobody without the security header. */
    private static BindableService workloadApi(WorkloadIdentity identity, String named) {
        ServerServiceDefinition plain = ServerServiceDefinition.builder("SpiffeWorkloadAPI")
                .addMethod(
                        new WorkloadApiProtocol().method(),
                        ServerCalls.asyncServerStreamingCall((Message request, StreamObserver<Message> responses) ->
                                responses.onNext(answer(identity, named))))
                .build();
        return () -> ServerInterceptors.intercept(plain, new io.grpc.ServerInterceptor() {
            @Override
            public <Q, S> io.grpc.ServerCall.Listener<Q> interceptCall(
                    io.grpc.ServerCall<Q, S> call, Metadata headers, io.grpc.ServerCallHandler<Q, S> next) {
                Metadata.Key<String> header = Metadata.Key.of("workload.spiffe.io", Metadata.ASCII_STRING_MARSHALLER);
                if (!"true".equals(headers.get(header))) {
                    call.close(Status.INVALID_ARGUMENT, new Metadata());
                }
                return next.startCall(call, headers);
            }
        });
    }

    private static Message answer(WorkloadIdentity identity, String named) {
        Message svid = Message.of(X509Svid.TYPE)
                .with(X509Svid.SPIFFE_ID, named)
                .with(X509Svid.X509_SVID, der(identity.chain()))
                .with(X509Svid.X509_SVID_KEY, Bytes.copyOf(identity.key().getEncoded()))
                .with(X509Svid.BUNDLE, der(identity.trustBundle()));
        return Message.of(X509SvidResponse.TYPE).with(X509SvidResponse.SVIDS, List.of(svid));
    }

    private static Bytes der(Collection<X509Certificate> certificates) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (X509Certificate certificate : certificates) {
            try {
                all.writeBytes(certificate.getEncoded());
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException(e);
            }
        }
        return Bytes.copyOf(all.toByteArray());
    }
}
