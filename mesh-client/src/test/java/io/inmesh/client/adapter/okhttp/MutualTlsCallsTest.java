package io.inmesh.client.adapter.okhttp;

import static io.inmesh.client.adapter.okhttp.Server.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.TestPki;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.tls.CertificateSource;
import io.inmesh.xds.model.tls.CommonTls;
import io.inmesh.xds.model.tls.PeerValidation;
import io.inmesh.xds.model.tls.SanMatch;
import io.inmesh.xds.model.tls.TrustSource;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over the mesh's mutual TLS to a real Envoy, and what a rotation does to them. */
class MutualTlsCallsTest {

    private static final TestPki PKI = TestPki.create();
    private static final WorkloadIdentity CALLER = PKI.identity("default", "productpage");
    private static final WorkloadIdentity REVIEWS = PKI.identity("default", "reviews");
    private static final String SNI = "outbound_.9080_.v1_.reviews.default.svc.cluster.local";
    private static final Request REQUEST =
            new Request.Builder().url("http://reviews:9080/x").build();

    @TempDir
    Path folder;

    private EnvoyProcess envoy;

    @AfterEach
    void stop() {
        if (envoy != null) {
            envoy.close();
        }
    }

    @Test
    void bothProtocolsReachAnEnvoyThatRequiresMutualTls() throws Exception {
        startEnvoy();
        try (TestMesh one = mesh(REVIEWS.id().uri());
                TestMesh two = mesh(REVIEWS.id().uri()).http2();
                Response overOne = one.client().newCall(REQUEST).execute();
                Response overTwo = two.client().newCall(REQUEST).execute()) {
            assertThat(overOne.header("x-proto")).isEqualTo("HTTP/1.1");
            assertThat(overTwo.header("x-proto")).isEqualTo("HTTP/2");
            for (Response response : List.of(overOne, overTwo)) {
                assertThat(response.code()).isEqualTo(200);
                assertThat(response.header("x-sni")).isEqualTo(SNI);
                assertThat(response.header("x-peer")).isEqualTo(CALLER.id().uri());
                assertThat(MeshOutcome.of(response).orElseThrow().ledger())
                        .singleElement()
                        .satisfies(attempt -> assertThat(attempt.phases().tls()).isPositive());
            }
        }
    }

    @Test
    void anEndpointWithAnotherIdentityIsNotCalled() throws Exception {
        startEnvoy();
        try (TestMesh mesh = mesh("spiffe://cluster.local/ns/default/sa/ratings");
                Response response = mesh.client().newCall(REQUEST).execute()) {
            assertThat(MeshOutcome.of(response).orElseThrow().flags()).containsExactly(ResponseFlag.UF);
            assertThat(envoy.stat("http.in.downstream_rq_total")).isZero();
            assertThat(mesh.cluster().connections().get()).isZero();
        }
    }

    @Test
    void aPlaintextServerIsNotCalledInTheClear() throws Exception {
        try (Server plain = Server.http1(answer(200, "in the clear"));
                TestMesh mesh = TestMesh.to(plain.port()).tls(tls(REVIEWS.id().uri()), CALLER);
                Response response = mesh.client().newCall(REQUEST).execute()) {
            assertThat(MeshOutcome.of(response).orElseThrow().flags()).containsExactly(ResponseFlag.UF);
        }
    }

    @Test
    void afterARootIsRemovedNeitherPooledConnectionsNorSessionsAreUsed() throws Exception {
        startEnvoy();
        TestPki other = TestPki.create();
        for (boolean http2 : new boolean[] {false, true}) {
            try (TestMesh mesh =
                    http2 ? mesh(REVIEWS.id().uri()).http2() : mesh(REVIEWS.id().uri())) {
                assertThat(status(mesh.client())).isEqualTo(200);
                assertThat(status(mesh.client())).isEqualTo(200);

                mesh.identities()
                        .publish(new WorkloadIdentity(CALLER.id(), CALLER.key(), CALLER.chain(), Set.of(other.root())));

                assertThat(status(mesh.client())).isEqualTo(503);
                assertThat(mesh.cluster().connections().get())
                        .as("the pooled connection is closed, not merely passed over")
                        .isZero();
            }
        }
    }

    /** Same address, same certificate, same settings: OkHttp and browsers would share. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clustersShareNoConnection(boolean http2) throws Exception {
        startEnvoy();
        try (TestMesh mesh = mesh(REVIEWS.id().uri())) {
            OkHttpClient client = (http2 ? mesh.http2() : mesh).client();
            String one = connection(client, "reviews");
            String other = connection(client, "other");

            assertThat(other).isNotEqualTo(one);
            assertThat(connection(client, "reviews")).isEqualTo(one);
            assertThat(connection(client, "other")).isEqualTo(other);
            assertThat(mesh.cluster().connections().get()).isEqualTo(1);
            assertThat(mesh.otherCluster().connections().get()).isEqualTo(1);
            assertThat(envoy.stat("http.in.downstream_cx_total")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void identitiesShareNoConnection(boolean http2) throws Exception {
        startEnvoy();
        WorkloadIdentity other = PKI.identity("default", "ratings");
        Set<String> connections = new HashSet<>();
        try (TestMesh mesh = mesh(REVIEWS.id().uri())) {
            OkHttpClient client = (http2 ? mesh.http2() : mesh).client();
            for (WorkloadIdentity identity : List.of(CALLER, other, CALLER)) {
                mesh.identities().publish(identity);
                for (int call = 0; call < 2; call++) {
                    try (Response response = client.newCall(REQUEST).execute()) {
                        assertThat(response.header("x-peer"))
                                .isEqualTo(identity.id().uri());
                        connections.add(response.header("x-connection"));
                    }
                }
            }
            assertThat(connections).hasSize(3);
            assertThat(mesh.cluster().connections().get()).isEqualTo(1);
        }
    }

    @Test
    void rotationsUnderLoadLoseNothing() throws Exception {
        startEnvoy();
        for (boolean http2 : new boolean[] {false, true}) {
            try (TestMesh mesh =
                    http2 ? mesh(REVIEWS.id().uri()).http2() : mesh(REVIEWS.id().uri())) {
                OkHttpClient client = mesh.client();
                AtomicBoolean running = new AtomicBoolean(true);
                AtomicInteger calls = new AtomicInteger();
                Queue<String> lost = new ConcurrentLinkedQueue<>();
                List<Thread> load = List.of(
                        new Thread(() -> load(client, running, calls, lost)),
                        new Thread(() -> load(client, running, calls, lost)));
                load.forEach(Thread::start);
                for (int i = 0; i < 10; i++) {
                    awaitMore(calls, 20);
                    mesh.identities().publish(PKI.identity("default", "productpage"));
                }
                awaitMore(calls, 20);
                running.set(false);
                for (Thread thread : load) {
                    thread.join(10_000);
                }
                assertThat(lost).isEmpty();
                assertThat(mesh.mesh().endpointClients())
                        .as("clients of earlier identities are retired")
                        .isOne();
            }
        }
    }

    private static void load(OkHttpClient client, AtomicBoolean running, AtomicInteger calls, Queue<String> lost) {
        while (running.get()) {
            try (Response response = client.newCall(REQUEST).execute()) {
                if (response.code() != 200) {
                    lost.add(response.code() + " " + MeshOutcome.of(response));
                }
            } catch (java.io.IOException e) {
                lost.add(e.toString());
            }
            calls.incrementAndGet();
        }
    }

    private static void awaitMore(AtomicInteger calls, int more) throws InterruptedException {
        int goal = calls.get() + more;
        for (int i = 0; calls.get() < goal && i < 3_000; i++) {
            Thread.sleep(5);
        }
        assertThat(calls.get()).isGreaterThanOrEqualTo(goal);
    }

    private static String connection(OkHttpClient client, String host) throws Exception {
        try (Response response = client.newCall(
                        new Request.Builder().url("http://" + host + ":9080/x").build())
                .execute()) {
            assertThat(response.code()).isEqualTo(200);
            return response.header("x-connection");
        }
    }

    private static int status(OkHttpClient client) throws Exception {
        try (Response response = client.newCall(REQUEST).execute()) {
            response.body().bytes();
            return response.code();
        }
    }

    private TestMesh mesh(String peer) {
        return TestMesh.to(envoy.port("in")).tls(tls(peer), CALLER);
    }

    static UpstreamTls tls(String peer) {
        return new UpstreamTls(
                SNI,
                new CommonTls(
                        List.of("istio-peer-exchange", "istio"),
                        List.of(new CertificateSource.Sds("default")),
                        new PeerValidation(
                                new TrustSource.Sds("ROOTCA"),
                                List.of(new SanMatch(SanMatch.Type.ANY, new StringMatch.Exact(peer, false)))),
                        null,
                        CommonTls.TlsVersion.TLS_1_3,
                        List.of(),
                        List.of()));
    }

    private void startEnvoy() {
        envoy = MutualTlsEnvoy.start(REVIEWS, folder);
    }
}
