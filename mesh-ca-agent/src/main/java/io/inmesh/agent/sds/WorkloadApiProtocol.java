package io.inmesh.agent.sds;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.inmesh.agent.connect.WireMarshaller;
import io.inmesh.api.identity.PrivateKeys;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.envoy.SpiffeWorkload;
import io.inmesh.xds.envoy.SpiffeWorkload.X509Svid;
import io.inmesh.xds.envoy.SpiffeWorkload.X509SvidRequest;
import io.inmesh.xds.envoy.SpiffeWorkload.X509SvidResponse;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Message;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** SPIFFE's Workload API. The first identity of an answer is the default one; the others are left aside. */
final class WorkloadApiProtocol implements IdentityProtocol {

    private static final MethodDescriptor<Message, Message> FETCH = WireMarshaller.method(
            MethodDescriptor.MethodType.SERVER_STREAMING,
            SpiffeWorkload.FETCH_X509_SVID,
            X509SvidRequest.TYPE,
            X509SvidResponse.TYPE);

    /** Without it the API answers nobody, so that a browser that is led to its socket gets nothing. */
    private static final Metadata.Key<String> SECURITY_HEADER =
            Metadata.Key.of("workload.spiffe.io", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public MethodDescriptor<Message, Message> method() {
        return FETCH;
    }

    @Override
    public Metadata headers() {
        Metadata headers = new Metadata();
        headers.put(SECURITY_HEADER, "true");
        return headers;
    }

    @Override
    public Message request() {
        return Message.of(X509SvidRequest.TYPE);
    }

    @Override
    public Conversation begin() {
        return new WholeAnswers();
    }

    private static final class WholeAnswers implements Conversation {

        @Override
        public Optional<WorkloadIdentity> take(Message response) throws GeneralSecurityException {
            List<Message> identities = response.get(X509SvidResponse.SVIDS);
            if (identities.isEmpty()) {
                return Optional.empty();
            }
            Message first = identities.get(0);
            try {
                return Optional.of(new WorkloadIdentity(
                        SpiffeId.parse(first.get(X509Svid.SPIFFE_ID)),
                        PrivateKeys.of(first.get(X509Svid.X509_SVID_KEY).toByteArray()),
                        certificates(first.get(X509Svid.X509_SVID)),
                        new LinkedHashSet<>(certificates(first.get(X509Svid.BUNDLE)))));
            } catch (IllegalArgumentException e) {
                throw new CertificateException("an identity that cannot be read: " + e.getMessage(), e);
            }
        }

        @Override
        public Optional<Message> reply(Message response) {
            return Optional.empty();
        }

        private static List<X509Certificate> certificates(Bytes der) throws CertificateException {
            List<X509Certificate> certificates = new ArrayList<>();
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(der.toByteArray()))) {
                certificates.add((X509Certificate) certificate);
            }
            return certificates;
        }
    }
}
