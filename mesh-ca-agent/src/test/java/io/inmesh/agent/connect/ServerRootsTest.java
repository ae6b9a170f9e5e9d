package io.inmesh.agent.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerRootsTest {

    private final TestPki old = TestPki.create();
    private final TestPki next = TestPki.create();

    @TempDir
    Path folder;

    /** Istio's roots have all the same name, and gRPC's own reading of such a file keeps the last one only. */
    @Test
    void twoRootsOfOneNameAreBothTrusted() throws Exception {
        assertThat(old.root().getSubjectX500Principal()).isEqualTo(next.root().getSubjectX500Principal());
        X509TrustManager both = trusting(file(old.root(), next.root()), Optional.empty());

        assertThatCode(() -> both.checkServerTrusted(server(old), "ECDHE_ECDSA"))
                .doesNotThrowAnyException();
        assertThatCode(() -> both.checkServerTrusted(server(next), "ECDHE_ECDSA"))
                .doesNotThrowAnyException();
    }

    @Test
    void whatTheCaHasVouchedForSinceCountsAsWell() throws Exception {
        WorkloadIdentity identity = next.identity("shop", "reviews");
        X509TrustManager alone = trusting(file(old.root()), Optional.empty());
        X509TrustManager vouched = trusting(file(old.root()), Optional.of(identity));

        assertThatThrownBy(() -> alone.checkServerTrusted(server(next), "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class);
        assertThatCode(() -> vouched.checkServerTrusted(server(next), "ECDHE_ECDSA"))
                .doesNotThrowAnyException();
    }

    @Test
    void aFileWithoutACertificateIsAnError() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> ServerRoots.trusting(empty, Optional.empty())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ServerRoots.trusting(folder.resolve("none.pem"), Optional.empty()))
                .isInstanceOf(IOException.class);
    }

    private static X509TrustManager trusting(Path file, Optional<WorkloadIdentity> identity) throws IOException {
        return (X509TrustManager) ServerRoots.trusting(file, identity);
    }

    private Path file(X509Certificate... roots) throws IOException {
        return Files.writeString(folder.resolve("roots.pem"), Pem.certificates(List.of(roots)));
    }

    private static X509Certificate[] server(TestPki pki) {
        return pki.identity("istio-system", "istiod").chain().toArray(X509Certificate[]::new);
    }
}
