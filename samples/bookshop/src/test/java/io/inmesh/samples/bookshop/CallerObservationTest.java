package io.inmesh.samples.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CallerObservationTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CallerObservation observation = new CallerObservation(meters);

    @Test
    void countsACallerWithoutCertificateAsNone() throws Exception {
        call(new MockHttpServletRequest("GET", "/reviews/1"), 200);

        assertThat(count("none", "/reviews", "200")).isEqualTo(1);
    }

    @Test
    void takesTheCallersNameFromTheCertificateAndNotFromAHeader() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/reviews/1");
        request.addHeader("x-forwarded-client-cert", "URI=spiffe://cluster.local/ns/bookshop/sa/liar");
        request.setAttribute("jakarta.servlet.request.X509Certificate", new X509Certificate[] {storefront()});

        call(request, 503);

        assertThat(count("spiffe://cluster.local/ns/bookshop/sa/storefront", "/reviews", "503"))
                .isEqualTo(1);
    }

    private void call(MockHttpServletRequest request, int status) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        response.setStatus(status);
        observation.doFilter(request, response, new MockFilterChain());
    }

    private double count(String peer, String resource, String status) {
        return meters.get("bookshop.requests")
                .tags("peer", peer, "resource", resource, "status", status)
                .counter()
                .count();
    }

    private static X509Certificate storefront() throws Exception {
        try (InputStream pem = CallerObservationTest.class.getResourceAsStream("storefront.pem")) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }
}
