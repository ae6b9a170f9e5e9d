package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * When a call is made again; Istio's {@code http.retries}. On an HTTP interface, a Feign client, a method of one, or a {@code @Bean} method that makes a client.
 * An operator's VirtualService and the property {@code mesh.clients.<name>.retries.*} come before it, field by field.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry">Istio, HTTPRetry</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshRetry {

    /** How many further attempts there may be, the first call not counted; 0 for none. */
    int attempts() default 2;

    /** Until an attempt's response head, such as {@code 500ms}; empty for no limit of its own. */
    String perTryTimeout() default "";

    /** Istio's conditions, such as {@code 5xx} or {@code connect-failure}; also status codes. Empty for Istio's default. */
    String[] retryOn() default {};

    /** First back-off interval, such as {@code 25ms}; empty for Envoy's default. */
    String backoff() default "";
}
