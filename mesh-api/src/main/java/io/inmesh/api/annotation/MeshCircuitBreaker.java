package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stops calling what keeps failing: resilience4j's circuit breaker, with its words and its defaults. It counts calls as the caller sees them,
 * after retries; no response, and a status of 500 and above, are failures. While it is open, calls are answered with 503 and the flag UO.
 * For Istio's ejection of single endpoints see {@link MeshOutlierDetection}. On an HTTP interface, a Feign client, a method of one, or a {@code @Bean} method that makes a client.
 *
 * @see <a href="https://resilience4j.readme.io/docs/circuitbreaker">resilience4j, CircuitBreaker</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshCircuitBreaker {

    /** Percent of failures that opens it. */
    int failureRateThreshold() default 50;

    /** How many calls are looked at; -1 for 100. */
    int slidingWindowSize() default -1;

    /** How many calls there have to be before a rate is computed; -1 for 100. */
    int minimumNumberOfCalls() default -1;

    /** How long it stays open, such as {@code 60s}; empty for 60 seconds. */
    String waitDurationInOpenState() default "";

    /** How many calls try the upstream after that; -1 for 10. */
    int permittedNumberOfCallsInHalfOpenState() default -1;
}
