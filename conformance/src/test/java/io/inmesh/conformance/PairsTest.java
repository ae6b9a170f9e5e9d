package io.inmesh.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.conformance.pair.EnvoyClient;
import io.inmesh.conformance.pair.EnvoyServer;
import io.inmesh.conformance.pair.JavaClient;
import io.inmesh.conformance.pair.JavaServer;
import io.inmesh.conformance.pair.PairClient;
import io.inmesh.conformance.pair.PairServer;
import io.inmesh.conformance.pair.Pairing;
import io.inmesh.conformance.pair.Pairing.Credentials;
import io.inmesh.conformance.pair.Pairing.Mode;
import io.inmesh.conformance.pair.Pairing.Protocol;
import io.inmesh.conformance.pair.Seen;
import io.inmesh.testkit.Peers;
import io.inmesh.testkit.PemFiles;
import io.inmesh.testkit.TestPki;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Java calls Envoy, Envoy calls Java, and Java calls Java, over mutual TLS and without, HTTP/1.1 and HTTP/2, STRICT and PERMISSIVE: what
 * becomes of the call, and what the called side sees of its caller, is what it is between two Envoys.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PairsTest {

    private static final TestPki PKI = TestPki.create();
    private static final WorkloadIdentity MEMBER = PKI.identity("default", "frontend");
    private static final WorkloadIdentity STRANGER = TestPki.create().identity("default", "frontend");
    private static final WorkloadIdentity HTTPBIN = PKI.identity("default", "httpbin");

    @TempDir
    Path folder;

    private int folders;
    private int rows;

    @TestFactory
    Stream<DynamicTest> pairs() {
        Peers.envoy();
        List<DynamicTest> tests = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            for (Protocol protocol : Protocol.values()) {
                for (Credentials credentials : Credentials.values()) {
                    tests.addAll(pairs(new Pairing(mode, protocol, credentials)));
                }
            }
        }
        rows = tests.size();
        return tests.stream();
    }

    @AfterAll
    void summary() {
        System.out.println("pairs: " + rows + " rows of Java and Envoy as caller and called side");
    }

    private List<DynamicTest> pairs(Pairing pairing) {
        return List.of(
                dynamicTest("Java calls Envoy: " + pairing, () -> same(pairing, true, false)),
                dynamicTest("Envoy calls Java: " + pairing, () -> same(pairing, false, true)),
                dynamicTest("Java calls Java: " + pairing, () -> same(pairing, true, true)));
    }

    private void same(Pairing pairing, boolean javaCalls, boolean javaIsCalled) {
        Seen envoys = seen(pairing, false, false);
        boolean member = pairing.credentials() == Credentials.MEMBER;
        boolean served =
                member || (pairing.mode() == Mode.PERMISSIVE && pairing.credentials() == Credentials.PLAINTEXT);
        assertThat(envoys.status()).as("between two Envoys").isEqualTo(served ? 200 : 503);
        assertThat(envoys.peer().contains("sa/frontend"))
                .as("between two Envoys")
                .isEqualTo(member);
        assertThat(seen(pairing, javaCalls, javaIsCalled)).isEqualTo(envoys);
    }

    private Seen seen(Pairing pairing, boolean javaCalls, boolean javaIsCalled) {
        try (PairServer server = server(pairing, javaIsCalled);
                PairClient client = client(pairing, javaCalls, server.port())) {
            return client.call();
        }
    }

    private PairServer server(Pairing pairing, boolean java) {
        return java
                ? new JavaServer(pairing.mode(), HTTPBIN, fresh())
                : new EnvoyServer(pairing.mode(), PemFiles.write(HTTPBIN, fresh()));
    }

    private PairClient client(Pairing pairing, boolean java, int port) {
        WorkloadIdentity identity = pairing.credentials() == Credentials.STRANGER ? STRANGER : MEMBER;
        return java
                ? new JavaClient(pairing, port, identity, fresh())
                : new EnvoyClient(pairing, port, PemFiles.write(identity, fresh()));
    }

    private Path fresh() {
        return folder.resolve("peer-" + folders++);
    }
}
