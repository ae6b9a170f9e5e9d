package io.inmesh.samples.reviews;

import io.inmesh.samples.bookshop.BookshopConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Reviews of books: a Spring Boot service like any other. */
@SpringBootApplication
@Import(BookshopConfiguration.class)
public class ReviewsApplication {

    public static void main(String[] args) {
        SpringApplication.run(ReviewsApplication.class, args);
    }
}
