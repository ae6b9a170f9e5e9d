package io.inmesh.samples.reviews;

import io.inmesh.samples.reviews.Ratings.Stars;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ReviewsController {

    private final Ratings ratings;
    private final String version;
    private final AtomicBoolean failing = new AtomicBoolean();

    ReviewsController(Ratings ratings, @Value("${bookshop.version:v1}") String version) {
        this.ratings = ratings;
        this.version = version;
    }

    @GetMapping("/reviews/{book}")
    ResponseEntity<Review> review(
            @PathVariable String book, @RequestHeader(name = "end-user", required = false) @Nullable String user) {
        if (failing.get()) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
        }
        return ResponseEntity.ok(new Review(version, "A book worth its paper.", ratings.of(book, user)));
    }

    /** Lets this instance fail every review until told otherwise, as a broken deployment would. */
    @PutMapping("/failing/{on}")
    boolean failing(@PathVariable boolean on) {
        failing.set(on);
        return on;
    }

    /**
     * @param stars absent when ratings did not answer with success
     */
    record Review(String version, String text, @Nullable Stars stars) {}
}
