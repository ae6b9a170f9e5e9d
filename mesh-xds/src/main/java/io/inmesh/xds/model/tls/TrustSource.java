package io.inmesh.xds.model.tls;

import java.util.Objects;

/** Where trusted certificates come from. */
public sealed interface TrustSource {

    /** A secret by name; {@code ROOTCA} is the mesh's trust bundle. */
    record Sds(String name) implements TrustSource {
        public Sds {
            Objects.requireNonNull(name, "name");
        }
    }

    /** The machine's own, as its operator keeps them. */
    record Machine() implements TrustSource {}

    /** A PEM file on this machine. */
    record File(String path) implements TrustSource {
        public File {
            Objects.requireNonNull(path, "path");
        }
    }

    /** PEM text. */
    record Inline(String pem) implements TrustSource {
        public Inline {
            Objects.requireNonNull(pem, "pem");
        }
    }
}
