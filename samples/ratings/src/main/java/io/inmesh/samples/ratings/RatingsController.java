package io.inmesh.samples.ratings;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/ratings")
class RatingsController {

    private static final int UNRATED = 3;

    private final Map<String, Integer> stars = new ConcurrentHashMap<>(Map.of("1", 5, "2", 4));

    @GetMapping("/{book}")
    Rating rating(@PathVariable String book) {
        return new Rating(book, stars.getOrDefault(book, UNRATED));
    }

    @PutMapping("/{book}/{given}")
    Rating rate(@PathVariable String book, @PathVariable int given) {
        stars.computeIfPresent(book, (name, before) -> given);
        return rating(book);
    }

    record Rating(String book, int stars) {}
}
