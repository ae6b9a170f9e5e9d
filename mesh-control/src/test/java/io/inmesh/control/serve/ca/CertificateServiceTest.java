package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.control.serve.Callers;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TestKeys;
import io.inmesh.xds.wire.Struct;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateServiceTest {

    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");
    private static final SpiffeId REVIEWS = SpiffeId.of(DOMAIN, "shop", "reviews");

    @TempDir
    Path state;

    private final FakeClock clock = new FakeClock();
    private final KeyPair keys = TestKeys.p256();
    private MeshCa ca;
    private Server server;
    private ManagedChannel channel;
    private String token;

    @BeforeEach
    void start() throws Exception {
        LeafLifetimes lifetimes = new LeafLifetimes(Duration.ofHours(24), Duration.ofDays(90));
        ca = MeshCa.open(CaSettings.of(DOMAIN, state).withDevelopment(true).withLifetimes(lifetimes), clock);
        token = Files.readString(ca.bootstrapTokens().orElseThrow().issue("shop", "reviews"));
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .addService(ServerInterceptors.intercept(ca.service(), new Callers(ca.authenticator())))
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void aTokenGetsACertificateOfItsServiceAccountThatPeersTrust() throws Exception {
        List<X509Certificate> chain = ask(Csr.of(keys).pem(), 0);
        assertThat(chain).hasSize(2);
        assertThat(chain.get(1)).isEqualTo(ca.trustBundle().iterator().next());
        assertThat(SvidVerifier.verify(chain.subList(0, 1), ca.trustBundle(), clock.now()))
                .isEqualTo(REVIEWS);
        assertThat(chain.get(0).getPublicKey()).isEqualTo(keys.getPublic());
    }

    @Test
    void nothingThatTheCsrClaimsComesIntoTheCertificate() throws Exception {
        String csr = Csr.of(keys)
                .subject("CN=admin,O=system:masters")
                .authority()
                .name(6, "spiffe://cluster.local/ns/istio-system/sa/istiod")
                .name(2, "istiod.istio-system.svc")
                .name(7, "10.0.0.1")
                .name(1, "root@example.com")
                .pem();
        X509Certificate leaf = ask(csr, 0).get(0);
        assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
        assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(6, REVIEWS.uri()));
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getKeyUsage()).containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(leaf.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.17", "2.5.29.19");
        assertThat(leaf.getNonCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.35", "2.5.29.37");
    }

    @Test
    void aLifeIsAsLongAsAskedForUpToTheLongest() throws Exception {
        assertThat(life(0)).isEqualTo(Duration.ofHours(24));
        assertThat(life(-1)).isEqualTo(Duration.ofHours(24));
        assertThat(life(Long.MIN_VALUE)).isEqualTo(Duration.ofHours(24));
        assertThat(life(5)).isEqualTo(Duration.ofSeconds(5));
        assertThat(life(3600)).isEqualTo(Duration.ofHours(1));
        assertThat(life(100L * 365 * 86400)).isEqualTo(Duration.ofDays(90));
        assertThat(life(Long.MAX_VALUE)).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void noLeafOutlivesTheRoot() throws Exception {
        clock.advance(Duration.ofDays(3649));
        token = Files.readString(ca.bootstrapTokens().orElseThrow().issue("shop", "reviews"));
        List<X509Certificate> chain = ask(Csr.of(keys).pem(), 10L * 86400);
        assertThat(chain.get(0).getNotAfter()).isEqualTo(chain.get(1).getNotAfter());
    }

    @Test
    void aShortLifeIsNotHalfSpentWhenItBegins() throws Exception {
        X509Certificate leaf = ask(Csr.of(keys).pem(), 60).get(0);
        assertThat(leaf.getNotBefore().toInstant()).isAfterOrEqualTo(clock.now().minusSeconds(6));
        X509Certificate day = ask(Csr.of(keys).pem(), 0).get(0);
        assertThat(day.getNotBefore().toInstant()).isEqualTo(clock.now().minusSeconds(120));
    }

    @Test
    void serialNumbersAreLongPositiveAndNeverTheSame() throws Exception {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            X509Certificate leaf = ask(Csr.of(keys).pem(), 0).get(0);
            assertThat(leaf.getSerialNumber().signum()).isEqualTo(1);
            assertThat(leaf.getSerialNumber().bitLength()).isEqualTo(128);
            assertThat(seen.add(leaf.getSerialNumber())).isTrue();
        }
    }

    @Test
    void callersThatProveNothingGetNothing() throws Exception {
        String csr = Csr.of(keys).name(6, REVIEWS.uri()).pem();
        assertThat(refusal(() -> CaCalls.create(channel, csr, 0, Map.of()))).isEqualTo(Status.Code.UNAUTHENTICATED);
        for (String wrong : List.of("x", token.replace("reviews", "ratings"), token + "x")) {
            assertThat(refusal(() -> CaCalls.create(CaCalls.withToken(channel, wrong), csr, 0, Map.of())))
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        clock.advance(Duration.ofMinutes(11));
        assertThat(refusal(() -> ask(csr, 0))).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void badRequestsAreToldApartFromBadCallers() throws Exception {
        assertThat(refusal(() -> ask("", 0))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        String weak = Csr.of(TestKeys.rsa(1024)).pem();
        assertThat(refusal(() -> ask(weak, 0))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        String stolen = Csr.of(keys).signedBy(TestKeys.p256()).pem();
        assertThat(refusal(() -> ask(stolen, 0))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void nobodyGetsAnothersCertificateOrAnotherSigner() throws Exception {
        String csr = Csr.of(keys).pem();
        Map<String, Object> impersonation = Map.of("ImpersonatedIdentity", "spiffe://cluster.local/ns/shop/sa/admin");
        assertThat(refusal(() -> CaCalls.create(CaCalls.withToken(channel, token), csr, 0, impersonation)))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal(() -> CaCalls.create(
                        CaCalls.withToken(channel, token), csr, 0, Map.of("CertSigner", "clusterissuers/x"))))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(CaCalls.create(CaCalls.withToken(channel, token), csr, 0, Map.of("CertSigner", "")))
                .hasSize(2);
        assertThat(Struct.of(Map.of()).has(Struct.FIELDS)).isFalse();
    }

    @Test
    void withoutDevelopmentNoTokenIsIssuedOrAccepted() throws Exception {
        MeshCa production = MeshCa.open(CaSettings.of(DOMAIN, state), clock);
        assertThat(production.bootstrapTokens()).isEmpty();
        assertThat(production
                        .authenticator()
                        .identify(
                                new io.inmesh.control.serve.CallerCredentials(List.of(), java.util.Optional.of(token))))
                .isEmpty();
    }

    private Duration life(long seconds) throws Exception {
        X509Certificate leaf = ask(Csr.of(keys).pem(), seconds).get(0);
        return Duration.between(clock.now(), leaf.getNotAfter().toInstant());
    }

    private List<X509Certificate> ask(String csr, long seconds) throws Exception {
        return CaCalls.create(CaCalls.withToken(channel, token), csr, seconds, Map.of());
    }

    private static Status.Code refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        StatusRuntimeException[] thrown = new StatusRuntimeException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, e -> thrown[0] = e);
        return thrown[0].getStatus().getCode();
    }
}
