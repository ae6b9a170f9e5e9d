package io.inmesh.samples.storefront;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;

@RestController
class StorefrontController {

    private final RestClient reviews;
    private final MeterRegistry meters;

    StorefrontController(
            RestClient.Builder clients,
            @Value("${bookshop.reviews-url:http://reviews:9080}") String reviewsUrl,
            MeterRegistry meters) {
        this.reviews = clients.baseUrl(reviewsUrl).build();
        this.meters = meters;
    }

    /** A book with its review; 502 when no reviews service answered with success. */
    @GetMapping("/books/{book}")
    ResponseEntity<Page> page(
            @PathVariable String book, @RequestHeader(name = "end-user", required = false) @Nullable String user) {
        Optional<Review> review = reviews.get()
                .uri("/reviews/{book}", book)
                .headers(headers -> {
                    if (user != null) {
                        headers.set("end-user", user);
                    }
                })
                .exchange((request, response) -> read(response));
        HttpStatus status = review.isPresent() ? HttpStatus.OK : HttpStatus.BAD_GATEWAY;
        return ResponseEntity.status(status).body(new Page(book, review.orElse(null)));
    }

    private Optional<Review> read(ConvertibleClientHttpResponse response) throws IOException {
        Optional<Review> review = response.getStatusCode().is2xxSuccessful()
                ? Optional.ofNullable(response.bodyTo(Review.class))
                : Optional.empty();
        count(response, review.map(Review::version).orElse("none"));
        return review;
    }

    private void count(ClientHttpResponse response, String version) throws IOException {
        String status = Integer.toString(response.getStatusCode().value());
        meters.counter("bookshop.reviews.answers", "status", status, "version", version)
                .increment();
    }

    record Page(String book, @Nullable Review review) {}

    record Review(String version, String text, @Nullable Stars stars) {}

    record Stars(int given) {}
}
