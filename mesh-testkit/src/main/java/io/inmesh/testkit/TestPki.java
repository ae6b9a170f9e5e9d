package io.inmesh.testkit;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A certificate authority of a test: a self-signed P-256 root, optional intermediates, and leaves that are right
 * ({@link #identity(String, String)}) or wrong in one named way ({@link #leaf(SpiffeId)}). Two instances never trust each other.
 * Certificates go through the JDK's own providers; none is ever installed. Thread-safe.
 */
public final class TestPki {

    private static final AtomicLong SERIALS = new AtomicLong(System.nanoTime() & 0xffff_ffff_ffffL);

    private final TrustDomain trustDomain;
    private final MeshClock clock;
    private final X509Certificate root;
    private final List<X509Certificate> chain;
    private final KeyPair keys;

    private TestPki(
            TrustDomain trustDomain, MeshClock clock, X509Certificate root, List<X509Certificate> chain, KeyPair keys) {
        this.trustDomain = trustDomain;
        this.clock = clock;
        this.root = root;
        this.chain = chain;
        this.keys = keys;
    }

    /** A new root of {@code cluster.local}, valid for ten years around the machine's present. */
    public static TestPki create() {
        return create(new TrustDomain("cluster.local"), MeshClock.system());
    }

    /** A new root of a trust domain, valid from an hour before the clock's present for ten years. */
    public static TestPki create(TrustDomain trustDomain, MeshClock clock) {
        KeyPair keys = TestKeys.p256();
        Instant from = clock.now().minus(Duration.ofHours(1));
        X509Certificate root = TestCertificates.authority(
                "O=" + trustDomain, keys.getPublic(), "O=" + trustDomain, keys, from, from.plus(Duration.ofDays(3650)));
        return new TestPki(trustDomain, clock, root, List.of(), keys);
    }

    /** An authority below this one; its leaves carry it in their chain. */
    public TestPki intermediate(String commonName) {
        KeyPair below = TestKeys.p256();
        String subject = "O=" + trustDomain + ",CN=" + commonName;
        Instant from = clock.now().minus(Duration.ofHours(1));
        X509Certificate certificate = TestCertificates.authority(
                subject, below.getPublic(), issuer(), keys, from, from.plus(Duration.ofDays(365)));
        List<X509Certificate> longer = new ArrayList<>(List.of(certificate));
        longer.addAll(chain);
        return new TestPki(trustDomain, clock, root, List.copyOf(longer), below);
    }

    /** A valid identity of one day: what a workload gets from a mesh's CA. */
    public WorkloadIdentity identity(String namespace, String serviceAccount) {
        return leaf(SpiffeId.of(trustDomain, namespace, serviceAccount)).issue();
    }

    /** A leaf that is valid for one day until something is changed about it. */
    public TestLeaf leaf(SpiffeId id) {
        Instant from = clock.now().minus(Duration.ofMinutes(1));
        return new TestLeaf(this, id, from, from.plus(Duration.ofDays(1)));
    }

    public TrustDomain trustDomain() {
        return trustDomain;
    }

    public X509Certificate root() {
        return root;
    }

    /** The authority's own keys, for a test that signs something unusual. */
    public KeyPair keys() {
        return keys;
    }

    Set<X509Certificate> trustBundle() {
        return Set.of(root);
    }

    /** Intermediates, the one that signs first; without the root. */
    List<X509Certificate> chain() {
        return chain;
    }

    Instant now() {
        return clock.now();
    }

    String issuer() {
        return TestCertificates.subject(chain.isEmpty() ? root : chain.get(0));
    }

    static BigInteger nextSerial() {
        return BigInteger.valueOf(SERIALS.incrementAndGet());
    }
}
