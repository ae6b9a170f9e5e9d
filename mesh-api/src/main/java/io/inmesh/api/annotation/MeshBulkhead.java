package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds how many calls are under way at once: resilience4j's bulkhead. What is above is answered with 503 and the flag UO, without waiting.
 * For limits on what all clients of the process do to a service see {@link MeshConnectionPool}. On an HTTP interface, a Feign client, a method of one, or a {@code @Bean} method that makes a client.
 *
 * @see <a href="https://resilience4j.readme.io/docs/bulkhead">resilience4j, Bulkhead</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshBulkhead {

    /** How many calls. */
    int maxConcurrentCalls();
}
