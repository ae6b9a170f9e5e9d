package io.inmesh.testkit;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.WorkloadIdentity;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * A leaf certificate in the making. Untouched it is what Istio's CA issues: one URI SAN, server and client authentication, no
 * authority. Each method makes it differ in one way, for negative tests. Not thread-safe.
 */
public final class TestLeaf {

    private final TestPki pki;
    private final SpiffeId id;
    private Instant notBefore;
    private Instant notAfter;
    private KeyPair keys = TestKeys.p256();
    private boolean authority;
    private List<GeneralName> names;
    private List<KeyPurposeId> purposes = List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);

    TestLeaf(TestPki pki, SpiffeId id, Instant notBefore, Instant notAfter) {
        this.pki = pki;
        this.id = id;
        this.notBefore = notBefore;
        this.notAfter = notAfter;
        this.names = List.of(new GeneralName(GeneralName.uniformResourceIdentifier, id.uri()));
    }

    public TestLeaf valid(Instant from, Instant until) {
        notBefore = from;
        notAfter = until;
        return this;
    }

    /** Ended an hour ago. */
    public TestLeaf expired() {
        return valid(pki.now().minus(Duration.ofDays(1)), pki.now().minus(Duration.ofHours(1)));
    }

    /** Begins in an hour. */
    public TestLeaf notYetValid() {
        return valid(pki.now().plus(Duration.ofHours(1)), pki.now().plus(Duration.ofDays(1)));
    }

    public TestLeaf withoutNames() {
        names = List.of();
        return this;
    }

    /** Adds a URI SAN, which need not be a SPIFFE ID. */
    public TestLeaf andUri(String uri) {
        return and(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    }

    public TestLeaf andDns(String name) {
        return and(new GeneralName(GeneralName.dNSName, name));
    }

    public TestLeaf andIp(String address) {
        return and(new GeneralName(GeneralName.iPAddress, address));
    }

    public TestLeaf andEmail(String address) {
        return and(new GeneralName(GeneralName.rfc822Name, address));
    }

    /** Extended key usages instead of server and client authentication; none leaves the extension out. */
    public TestLeaf purposes(KeyPurposeId... only) {
        purposes = List.of(only);
        return this;
    }

    /** A leaf that claims to be an authority. */
    public TestLeaf authority() {
        authority = true;
        return this;
    }

    public TestLeaf keys(KeyPair other) {
        keys = other;
        return this;
    }

    private TestLeaf and(GeneralName name) {
        names = new ArrayList<>(names);
        names.add(name);
        return this;
    }

    /** Signs it. The identity's {@code id()} is what was asked for, whatever stands in the certificate. */
    public WorkloadIdentity issue() {
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(TestCertificates.leaf(
                pki.issuer(),
                pki.keys(),
                new TestCertificates.Leaf(keys.getPublic(), notBefore, notAfter, names, purposes, authority)));
        chain.addAll(pki.chain());
        return new WorkloadIdentity(id, keys.getPrivate(), chain, pki.trustBundle());
    }
}
