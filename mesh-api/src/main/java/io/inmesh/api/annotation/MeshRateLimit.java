package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds how often a call is made: resilience4j's rate limiter. What is above is answered with 429 and the flag RL, without waiting. On an HTTP interface, a Feign client, a method of one, or a {@code @Bean} method that makes a client.
 *
 * @see <a href="https://resilience4j.readme.io/docs/ratelimiter">resilience4j, RateLimiter</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshRateLimit {

    /** How many calls. */
    int permits();

    /** In which time, such as {@code 1s}. */
    String per() default "1s";
}
