package io.inmesh.xds.model.tls;

import java.util.Objects;

/** Where a certificate with its key comes from. */
public sealed interface CertificateSource {

    /** A secret by name; {@code default} is the workload's own identity. */
    record Sds(String name) implements CertificateSource {
        public Sds {
            Objects.requireNonNull(name, "name");
        }
    }

    /** PEM files on this machine. */
    record Files(String certificateChain, String privateKey) implements CertificateSource {
        public Files {
            Objects.requireNonNull(certificateChain, "certificateChain");
            Objects.requireNonNull(privateKey, "privateKey");
        }
    }
}
