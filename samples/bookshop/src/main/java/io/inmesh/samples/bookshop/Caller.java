package io.inmesh.samples.bookshop;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** Who calls, read from the servlet's standard attribute and from nothing that the caller could write into a header. */
final class Caller {

    static final String NONE = "none";

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final int URI = 6;

    private Caller() {}

    /** The URI in the certificate of the caller's TLS session; {@link #NONE} without one. */
    static String of(HttpServletRequest request) {
        if (!(request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain) || chain.length == 0) {
            return NONE;
        }
        try {
            Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
            return names == null ? NONE : firstUri(names);
        } catch (CertificateParsingException e) {
            return NONE;
        }
    }

    private static String firstUri(Collection<List<?>> names) {
        for (List<?> name : names) {
            if (Integer.valueOf(URI).equals(name.get(0)) && name.get(1) instanceof String uri) {
                return uri;
            }
        }
        return NONE;
    }
}
