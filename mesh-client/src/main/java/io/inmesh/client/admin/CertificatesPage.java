package io.inmesh.client.admin;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.envoy.AdminStatus.Certificate;
import io.inmesh.xds.envoy.AdminStatus.CertificateDetails;
import io.inmesh.xds.envoy.AdminStatus.Certificates;
import io.inmesh.xds.envoy.AdminStatus.SubjectAlternateName;
import io.inmesh.xds.wire.Message;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Envoy's {@code /certs}: who this workload is and whom it believes. */
record CertificatesPage(AdminView view) implements AdminPage {

    private static final int DNS = 2;
    private static final int URI = 6;

    @Override
    public AdminAnswer answer(AdminQuery query) {
        List<Message> certificates = view.identity()
                .map(held -> List.of(certificate(held.identity())))
                .orElse(List.of());
        return AdminAnswer.json(
                AdminPages.JSON.print(Message.of(Certificates.TYPE).with(Certificates.CERTIFICATES, certificates)));
    }

    private Message certificate(WorkloadIdentity identity) {
        return Message.of(Certificate.TYPE)
                .with(Certificate.CA_CERT, details(sorted(identity.trustBundle())))
                .with(Certificate.CERT_CHAIN, details(identity.chain()));
    }

    /** A bundle has no order of its own. */
    private static List<X509Certificate> sorted(Collection<X509Certificate> bundle) {
        return bundle.stream()
                .sorted(Comparator.comparing(X509Certificate::getSerialNumber))
                .toList();
    }

    private List<Message> details(Collection<X509Certificate> certificates) {
        return certificates.stream().map(this::details).toList();
    }

    private Message details(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        Duration left = Duration.between(view.clock().now(), end);
        return Message.of(CertificateDetails.TYPE)
                .with(CertificateDetails.PATH, "<inline>")
                .with(
                        CertificateDetails.SERIAL_NUMBER,
                        certificate.getSerialNumber().toString(16))
                .with(CertificateDetails.SUBJECT_ALT_NAMES, names(certificate))
                .with(CertificateDetails.DAYS_UNTIL_EXPIRATION, Math.max(0, left.toDays()))
                .with(CertificateDetails.VALID_FROM, certificate.getNotBefore().toInstant())
                .with(CertificateDetails.EXPIRATION_TIME, end);
    }

    private static List<Message> names(X509Certificate certificate) {
        List<Message> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0).equals(URI)) {
                    names.add(
                            Message.of(SubjectAlternateName.TYPE).with(SubjectAlternateName.URI, (String) name.get(1)));
                } else if (name.get(0).equals(DNS)) {
                    names.add(
                            Message.of(SubjectAlternateName.TYPE).with(SubjectAlternateName.DNS, (String) name.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            // A page about certificates has to show one with odd names too, without them.
            return List.of();
        }
        return names;
    }
}
