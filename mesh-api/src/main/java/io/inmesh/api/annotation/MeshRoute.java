package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where a call goes where no operator's VirtualService says so, and headers it carries; Istio's {@code http.route.destination} and
 * {@code headers.request.set}. On an HTTP interface, a Feign client, a method of one, or a {@code @Bean} method that makes a client.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshRoute {

    /** The mesh host to call in place of the URL's, such as {@code reviews}; empty for the URL's own. */
    String host() default "";

    /** A subset of the host's DestinationRule, such as {@code v2}; empty for all its endpoints. */
    String subset() default "";

    /** Lines such as {@code x-tier: gold}, set before routes are matched. A header that the request has already stays. */
    String[] headers() default {};
}
