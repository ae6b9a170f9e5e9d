package io.inmesh.spring.http;

import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * The request factory inside a RestClient. The client has no accessor for it, but lets an initializer see each request before
 * anything is sent: this one takes the request and ends the call.
 */
final class RestClientRequests implements ClientHttpRequestFactory {

    private final RestClient requests;

    RestClientRequests(RestClient client) {
        this.requests = client.mutate()
                .requestInterceptors(List::clear)
                .requestInitializers(initializers -> {
                    initializers.clear();
                    initializers.add(request -> {
                        throw new Taken(request);
                    });
                })
                .defaultHeaders(HttpHeaders::clear)
                .observationRegistry(ObservationRegistry.NOOP)
                .build();
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        try {
            requests.method(method).uri(uri).retrieve().toBodilessEntity();
        } catch (Taken taken) {
            return taken.request;
        } catch (ResourceAccessException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
        throw new IOException("the RestClient sent a request past its initializers");
    }

    /** Carries a request out of the client; costs no stack trace. */
    private static final class Taken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient ClientHttpRequest request;

        Taken(ClientHttpRequest request) {
            super("taken", null, false, false);
            this.request = request;
        }
    }
}
