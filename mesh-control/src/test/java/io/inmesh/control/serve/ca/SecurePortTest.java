package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.control.serve.Callers;
import io.inmesh.control.serve.SecurePort;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TestKeys;
import io.inmesh.testkit.TestPki;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TLS port over a real socket; Java's own TLS clocks certificates by the machine, so the fake clock starts there. */
class SecurePortTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");
    private static final SpiffeId REVIEWS = SpiffeId.of(DOMAIN, "shop", "reviews");

    @TempDir
    Path state;

    private final FakeClock clock = new FakeClock(Instant.now());
    private final KeyPair keys = TestKeys.p256();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private MeshCa ca;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        ca = MeshCa.open(CaSettings.of(DOMAIN, state).withDevelopment(true), clock);
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
        for (ManagedChannel channel : channels) {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void aTokenGetsTheFirstCertificateAndTheCertificateGetsTheNext() throws Exception {
        String token = Files.readString(ca.bootstrapTokens().orElseThrow().issue("shop", "reviews"));
        WorkloadIdentity first =
                identity(CaCalls.create(CaCalls.withToken(channel(Optional.empty()), token), csr(), 0, Map.of()));
        assertThat(first.id()).isEqualTo(REVIEWS);
        WorkloadIdentity second = identity(CaCalls.create(channel(Optional.of(first)), csr(), 0, Map.of()));
        assertThat(second.id()).isEqualTo(REVIEWS);
        assertThat(second.leaf()).isNotEqualTo(first.leaf());
    }

    /** A caller on the same machine, which is all of them here, is nobody until it proves who it is (CVE-2022-39388). */
    @Test
    void loopbackProvesNothing() {
        assertThatThrownBy(() -> CaCalls.create(channel(Optional.empty()), csr(), 0, Map.of()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    }

    /** A client whose certificate has none of the issuers that the port names shows none; one that shows it all the same is cut off. */
    @Test
    void certificatesOfAnotherMeshProveNothing() {
        WorkloadIdentity foreign = TestPki.create().identity("shop", "reviews");
        assertThatThrownBy(() -> CaCalls.create(channel(Optional.of(foreign)), csr(), 0, Map.of()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> assertThat(
                                e.getStatus().getCode())
                        .isIn(Status.Code.UNAVAILABLE, Status.Code.UNAUTHENTICATED));
        assertThatThrownBy(() -> ((X509ExtendedTrustManager) ca.securePort().trustManager())
                        .checkClientTrusted(foreign.chain().toArray(X509Certificate[]::new), "EC"))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void aConnectionThatOutlivesItsCertificateIsNobodys() throws Exception {
        String token = Files.readString(ca.bootstrapTokens().orElseThrow().issue("shop", "reviews"));
        WorkloadIdentity identity =
                identity(CaCalls.create(CaCalls.withToken(channel(Optional.empty()), token), csr(), 600, Map.of()));
        ManagedChannel connected = channel(Optional.of(identity));
        CaCalls.create(connected, csr(), 0, Map.of());
        clock.advance(Duration.ofMinutes(11));
        assertThatThrownBy(() -> CaCalls.create(connected, csr(), 0, Map.of()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    }

    @Test
    void theServerCarriesTheNamesItIsReachedByAndNoWorkloadsIdentity() throws Exception {
        X509Certificate leaf = ((ServerKeyManager) ca.securePort().keyManager()).leaf();
        assertThat(leaf.getSubjectAlternativeNames())
                .contains(List.of(2, "istiod.istio-system.svc"), List.of(2, "localhost"), List.of(7, "127.0.0.1"))
                .noneMatch(name -> name.get(0).equals(6));
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThatThrownBy(() -> SvidVerifier.idOf(leaf)).isInstanceOf(java.security.cert.CertificateException.class);
    }

    @Test
    void theServersCertificateIsReplacedUnderOpenAndNewConnections() throws Exception {
        String token = Files.readString(ca.bootstrapTokens().orElseThrow().issue("shop", "reviews"));
        ManagedChannel open = channel(Optional.empty());
        CaCalls.create(CaCalls.withToken(open, token), csr(), 0, Map.of());
        ServerKeyManager keyManager = (ServerKeyManager) ca.securePort().keyManager();
        X509Certificate first = keyManager.leaf();
        ca.renewIfDue();
        assertThat(keyManager.leaf()).isEqualTo(first);
        clock.advance(Duration.ofHours(13));
        ca.renewIfDue();
        assertThat(keyManager.leaf()).isNotEqualTo(first);
        clock.jump(Duration.ofHours(-13));
        ca.renewIfDue();
        assertThat(keyManager.leaf().getNotBefore().toInstant()).isBefore(clock.now());
        String again = Files.readString(ca.bootstrapTokens().orElseThrow().issue("shop", "reviews"));
        CaCalls.create(CaCalls.withToken(open, again), csr(), 0, Map.of());
        CaCalls.create(CaCalls.withToken(channel(Optional.empty()), again), csr(), 0, Map.of());
    }

    private String csr() throws Exception {
        return Csr.of(keys).pem();
    }

    private WorkloadIdentity identity(List<X509Certificate> chain) throws Exception {
        List<X509Certificate> leaf = chain.subList(0, 1);
        return new WorkloadIdentity(
                SvidVerifier.verify(leaf, ca.trustBundle(), clock.now()), keys.getPrivate(), leaf, ca.trustBundle());
    }

    private ManagedChannel channel(Optional<WorkloadIdentity> identity) throws IOException {
        TlsChannelCredentials.Builder tls =
                TlsChannelCredentials.newBuilder().trustManager(ca.rootFile().toFile());
        if (identity.isPresent()) {
            tls.keyManager(
                    new ByteArrayInputStream(
                            Pem.bytes(Pem.certificates(identity.get().chain()))),
                    new ByteArrayInputStream(
                            Pem.bytes(Pem.privateKey(identity.get().key()))));
        }
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort(), tls.build())
                .overrideAuthority("istiod.istio-system.svc:15012")
                .build();
        channels.add(channel);
        return channel;
    }
}
