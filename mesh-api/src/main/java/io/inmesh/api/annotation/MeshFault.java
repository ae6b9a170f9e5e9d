package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Faults for tests; Istio's {@code http.fault}. Only where {@code mesh.faults.enabled=true}, else the start fails. On an HTTP interface, a Feign client, a method of one, or a {@code @Bean} method that makes a client.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection">Istio, HTTPFaultInjection</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshFault {

    /** How long calls are delayed, such as {@code 2s}; empty for not at all. */
    String delay() default "";

    /** Percent of calls that are delayed. */
    int delayPercent() default 100;

    /** Status that calls are answered with; -1 for none. */
    int abortStatus() default -1;

    /** Percent of calls that are answered so. */
    int abortPercent() default 100;
}
