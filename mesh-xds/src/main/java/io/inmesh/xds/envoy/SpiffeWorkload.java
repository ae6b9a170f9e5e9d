package io.inmesh.xds.envoy;

import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.FieldType;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.List;

/**
 * SPIFFE's Workload API: a workload's identity from a local agent such as SPIRE's.
 *
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE_Workload_API.md">SPIFFE Workload API</a>
 */
public final class SpiffeWorkload {

    /** The gRPC method that streams identities. */
    public static final String FETCH_X509_SVID = "SpiffeWorkloadAPI/FetchX509SVID";

    private SpiffeWorkload() {}

    /** {@code X509SVIDRequest}. */
    public static final class X509SvidRequest {
        private static final Declaration D = Declaration.of("X509SVIDRequest");
        public static final MessageType TYPE = D.type();

        private X509SvidRequest() {}
    }

    /** {@code X509SVIDResponse}. */
    public static final class X509SvidResponse {
        private static final Declaration D = Declaration.of("X509SVIDResponse");
        /** Identities of the caller; the first is the default one. */
        public static final Field<List<Message>> SVIDS = D.repeated(1, "svids", FieldType.message(() -> X509Svid.TYPE));

        public static final MessageType TYPE =
                D.others("crl=2 federated_bundles=3").type();

        private X509SvidResponse() {}
    }

    /** {@code X509SVID}. */
    public static final class X509Svid {
        private static final Declaration D = Declaration.of("X509SVID");
        public static final Field<String> SPIFFE_ID = D.field(1, "spiffe_id", FieldType.STRING);
        /** DER certificates one after another, the leaf first. */
        public static final Field<Bytes> X509_SVID = D.field(2, "x509_svid", FieldType.BYTES);
        /** PKCS#8 DER. */
        public static final Field<Bytes> X509_SVID_KEY = D.field(3, "x509_svid_key", FieldType.BYTES);
        /** DER certificates one after another: the roots of the trust domain. */
        public static final Field<Bytes> BUNDLE = D.field(4, "bundle", FieldType.BYTES);

        public static final MessageType TYPE = D.others("hint=5").type();

        private X509Svid() {}
    }
}
