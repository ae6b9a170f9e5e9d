package io.inmesh.samples.ratings;

import io.inmesh.samples.bookshop.BookshopConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Stars for books: a Spring Boot service like any other. */
@SpringBootApplication
@Import(BookshopConfiguration.class)
public class RatingsApplication {

    public static void main(String[] args) {
        SpringApplication.run(RatingsApplication.class, args);
    }
}
