package io.inmesh.samples.storefront;

import io.inmesh.samples.bookshop.BookshopConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** The page that a shopper sees: a Spring Boot service like any other. */
@SpringBootApplication
@Import(BookshopConfiguration.class)
public class StorefrontApplication {

    public static void main(String[] args) {
        SpringApplication.run(StorefrontApplication.class, args);
    }
}
