package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.inmesh.agent.connect.AgentContext;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.agent.connect.NettyChannels;
import io.inmesh.agent.connect.TokenFile;
import io.inmesh.agent.identity.CaClient;
import io.inmesh.agent.identity.KeyAlgorithm;
import io.inmesh.agent.identity.RotatingIdentity;
import io.inmesh.agent.identity.RotationSchedule;
import io.inmesh.agent.identity.RotationSettings;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.serve.Callers;
import io.inmesh.control.serve.SecurePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our agent and our CA over real TLS, and what the JDK's own TLS makes of their certificates. */
class AgentRotationTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");
    private static final SpiffeId REVIEWS = SpiffeId.of(DOMAIN, "shop", "reviews");

    @TempDir
    Path state;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final BlockingQueue<WorkloadIdentity> delivered = new LinkedBlockingQueue<>();
    private MeshCa ca;
    private Server server;
    private Path token;

    @BeforeEach
    void start() throws Exception {
        ca = MeshCa.open(CaSettings.of(DOMAIN, state).withDevelopment(true), MeshClock.system());
        token = ca.bootstrapTokens().orElseThrow().issue("shop", "reviews");
        SecurePort port = ca.securePort();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                TlsServerCredentials.newBuilder()
                        .keyManager(port.keyManager())
                        .trustManager(port.trustManager())
                        .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
                        .build());
        port.services()
                .forEach(service ->
                        builder.addService(ServerInterceptors.intercept(service, new Callers(port.authenticator()))));
        server = builder.build().start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        executor.shutdownNow();
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    /** The first certificate comes for the token, the next ones for the certificate before: the token is gone by then. */
    @Test
    void tenRotationsUnderLoadLoseNoCall() throws Exception {
        try (RotatingIdentity identity = identity(ControlAddress.secure("127.0.0.1", server.getPort(), ca.rootFile()));
                TlsPair pair = new TlsPair()) {
            AtomicInteger generations = new AtomicInteger();
            Set<Object> keys = new HashSet<>();
            identity.start(issued -> {
                pair.use(issued);
                keys.add(issued.key());
                generations.incrementAndGet();
                delivered.add(issued);
            });
            assertThat(delivered.poll(20, TimeUnit.SECONDS)).isNotNull();
            Files.delete(token);
            pair.listen();
            int calls = 0;
            try (SSLSocket open = pair.connect()) {
                while (generations.get() <= 10) {
                    assertThat(TlsPair.call(open, calls & 0x7f)).isEqualTo(REVIEWS.uri());
                    try (SSLSocket fresh = pair.connect()) {
                        assertThat(TlsPair.call(fresh, calls & 0x7f)).isEqualTo(REVIEWS.uri());
                    }
                    calls++;
                }
            }
            assertThat(calls).isGreaterThan(20);
            assertThat(keys).hasSizeGreaterThanOrEqualTo(11);
            assertThat(identity.status().failures()).isZero();
        }
    }

    /** The file of roots that the agent was given stays as it was: what the CA has vouched for since counts as well. */
    @Test
    void aRootRotationInThreeStepsLosesNoCall() throws Exception {
        Path stale = Files.copy(ca.rootFile(), state.resolve("stale.pem"));
        RootRotation rotation = new RootRotation(state, DOMAIN, MeshClock.system());
        X509Certificate old = ca.trustBundle().iterator().next();
        AtomicReference<WorkloadIdentity> current = new AtomicReference<>();
        try (RotatingIdentity identity = identity(ControlAddress.secure("127.0.0.1", server.getPort(), stale));
                TlsPair pair = new TlsPair()) {
            identity.start(issued -> {
                pair.use(issued);
                current.set(issued);
                delivered.add(issued);
            });
            assertThat(delivered.poll(20, TimeUnit.SECONDS)).isNotNull();
            pair.listen();
            try (SSLSocket open = pair.connect()) {
                rotation.add();
                ca.renewIfDue();
                callUntil(pair, open, () -> current.get().trustBundle().size() == 2);
                rotation.signWithNew();
                ca.renewIfDue();
                callUntil(pair, open, () -> !signedBy(current.get(), old));
                rotation.removeOld();
                ca.renewIfDue();
                callUntil(pair, open, () -> !current.get().trustBundle().contains(old));
            }
            assertThat(identity.status().failures()).isZero();
        }
    }

    private static void callUntil(TlsPair pair, SSLSocket open, BooleanSupplier reached) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int calls = 0;
        while (!reached.getAsBoolean() || calls < 5) {
            assertThat(TlsPair.call(open, calls & 0x7f)).isEqualTo(REVIEWS.uri());
            try (SSLSocket fresh = pair.connect()) {
                assertThat(TlsPair.call(fresh, calls & 0x7f)).isEqualTo(REVIEWS.uri());
            }
            calls++;
            assertThat(System.nanoTime())
                    .as("the step has reached the workload")
                    .isLessThan(end);
        }
    }

    private static boolean signedBy(WorkloadIdentity identity, X509Certificate root) {
        try {
            identity.leaf().verify(root.getPublicKey());
            return true;
        } catch (GeneralSecurityException other) {
            return false;
        }
    }

    @Test
    void aServerThatIsNotTheExpectedOneGetsNothing() throws Exception {
        ControlAddress address = ControlAddress.secure("127.0.0.1", server.getPort(), ca.rootFile());
        try (RotatingIdentity wrongName = identity(address.expecting("another.example"))) {
            wrongName.start(delivered::add);
            awaitFailure(wrongName);
        }
        Path otherRoot = state.resolve("other.pem");
        MeshCa other = MeshCa.open(CaSettings.of(DOMAIN, state.resolve("other")), MeshClock.system());
        Files.copy(other.rootFile(), otherRoot);
        try (RotatingIdentity wrongRoot = identity(ControlAddress.secure("127.0.0.1", server.getPort(), otherRoot))) {
            wrongRoot.start(delivered::add);
            awaitFailure(wrongRoot);
        }
        assertThat(delivered).isEmpty();
    }

    private static void awaitFailure(RotatingIdentity identity) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (identity.status().failures() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(identity.status().lastFailure().orElseThrow()).contains("UNAVAILABLE");
    }

    private RotatingIdentity identity(ControlAddress address) {
        AgentContext context = new AgentContext(MeshClock.system(), new Random(1), executor, executor);
        // Every half second, and nine seconds left for a machine that is busy.
        RotationSettings settings = new RotationSettings(
                REVIEWS, Duration.ofSeconds(10), KeyAlgorithm.EC_P256, new RotationSchedule(0.05, 0.01));
        CaClient client = new CaClient(new NettyChannels(address, Optional.of(new TokenFile(token))));
        return new RotatingIdentity(settings, context, client, Optional.empty());
    }
}
