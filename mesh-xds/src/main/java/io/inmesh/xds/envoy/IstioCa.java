package io.inmesh.xds.envoy;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.FieldType;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WellKnown;
import java.util.List;

/** Istio's {@code security/v1alpha1/ca.proto}: signing of workload certificates. */
public final class IstioCa {

    /** The gRPC method. */
    public static final String CREATE_CERTIFICATE = "istio.v1.auth.IstioCertificateService/CreateCertificate";

    private IstioCa() {}

    /** {@code istio.v1.auth.IstioCertificateRequest}. */
    public static final class IstioCertificateRequest {
        private static final Declaration D = Declaration.of("istio.v1.auth.IstioCertificateRequest");
        /** PEM. */
        public static final Field<String> CSR = D.field(1, "csr", FieldType.STRING);
        /** Seconds. */
        public static final Field<Long> VALIDITY_DURATION = D.field(3, "validity_duration", FieldType.INT64);
        /** {@code CertSigner}, {@code ImpersonatedIdentity}. */
        public static final Field<Message> METADATA = D.field(4, "metadata", WellKnown.STRUCT);

        public static final MessageType TYPE = D.type();

        private IstioCertificateRequest() {}
    }

    /** {@code istio.v1.auth.IstioCertificateResponse}. */
    public static final class IstioCertificateResponse {
        private static final Declaration D = Declaration.of("istio.v1.auth.IstioCertificateResponse");
        /** PEM: leaf, intermediates, and as the last element the trust bundle. */
        public static final Field<List<String>> CERT_CHAIN = D.repeated(1, "cert_chain", FieldType.STRING);

        public static final MessageType TYPE = D.type();

        private IstioCertificateResponse() {}
    }
}
