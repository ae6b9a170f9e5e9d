package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How long a call may take, all attempts together; Istio's {@code http.timeout}. On an HTTP interface, a Feign client, a method of one, or a {@code @Bean} method that makes a client.
 * An operator's VirtualService and the property {@code mesh.clients.<name>.timeout} come before it.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute">Istio, HTTPRoute</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshTimeout {

    /** As in Istio's YAML, such as {@code 2s}; {@code 0s} for none. */
    String value();
}
