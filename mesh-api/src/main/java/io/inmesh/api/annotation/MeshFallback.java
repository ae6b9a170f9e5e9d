package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the caller gets where the mesh would otherwise have to say that the call failed: after the last retry, when a breaker is open, when a
 * limit is reached. An answer of the upstream's own, whatever its status, stays. On an HTTP interface, a Feign client, a method of one, or a {@code @Bean} method that makes a client.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshFallback {

    /** The status. */
    int status() default 200;

    /** The body as text. */
    String body() default "";

    /** The body's type. */
    String contentType() default "application/json";
}
