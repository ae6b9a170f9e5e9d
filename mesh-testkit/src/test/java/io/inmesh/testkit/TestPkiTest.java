package io.inmesh.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.PkixTrust;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.WorkloadIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPkiTest {

    private final TestPki pki = TestPki.create();
    private final SpiffeId id = SpiffeId.parse("spiffe://cluster.local/ns/shop/sa/reviews");

    @Test
    void an_identity_is_trusted_by_its_own_root_and_carries_exactly_its_name() throws Exception {
        WorkloadIdentity identity = pki.identity("shop", "reviews");
        PkixTrust.of(Set.of(pki.root()))
                .checkClientTrusted(identity.chain().toArray(X509Certificate[]::new), "ECDHE_ECDSA");
        assertThat(identity.leaf().getSubjectAlternativeNames()).containsExactly(List.of(6, id.uri()));
        assertThat(identity.leaf().getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void an_identity_below_an_intermediate_is_trusted_through_its_chain() throws Exception {
        WorkloadIdentity identity = pki.intermediate("one").intermediate("two").identity("shop", "reviews");
        assertThat(identity.chain()).hasSize(3);
        PkixTrust.of(Set.of(pki.root()))
                .checkServerTrusted(identity.chain().toArray(X509Certificate[]::new), "ECDHE_ECDSA");
    }

    @Test
    void wrong_leaves_are_refused_by_the_platform() {
        assertRefused(pki.leaf(id).expired());
        assertRefused(pki.leaf(id).notYetValid());
        assertRefused(pki.leaf(id).purposes(KeyPurposeId.id_kp_emailProtection));
        assertRefused(TestPki.create().leaf(id));
    }

    @Test
    void names_can_be_missing_doubled_and_of_another_kind() throws Exception {
        assertThat(pki.leaf(id).withoutNames().issue().leaf().getSubjectAlternativeNames())
                .isNull();
        assertThat(pki.leaf(id)
                        .andUri("spiffe://other/x")
                        .andDns("a.b")
                        .andIp("127.0.0.1")
                        .issue()
                        .leaf()
                        .getSubjectAlternativeNames())
                .hasSize(4);
    }

    @Test
    void files_can_be_read_back(@TempDir Path folder) throws Exception {
        WorkloadIdentity identity = pki.intermediate("one").identity("shop", "reviews");
        PemFiles files = PemFiles.write(identity, folder.resolve("new"));
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try (var in = Files.newInputStream(files.chain())) {
            assertThat(factory.generateCertificates(in)).isEqualTo(identity.chain());
        }
        try (var in = Files.newInputStream(files.root())) {
            assertThat(factory.generateCertificate(in)).isEqualTo(pki.root());
        }
        String body = Files.readString(files.key()).replaceAll("-----[^-]+-----|\\s", "");
        assertThat(KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body))))
                .isEqualTo(identity.key());
    }

    private void assertRefused(TestLeaf leaf) {
        X509Certificate[] chain = leaf.issue().chain().toArray(X509Certificate[]::new);
        assertThatThrownBy(() -> PkixTrust.of(Set.of(pki.root())).checkClientTrusted(chain, "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class);
    }
}
