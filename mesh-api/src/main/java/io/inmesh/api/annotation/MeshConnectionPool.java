package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds what is under way to a service; Istio's {@code trafficPolicy.connectionPool}. What is above is answered with 503 and the flag UO.
 * On an HTTP interface, a Feign client, a method of one, or a {@code @Bean} method that makes a client. An operator's DestinationRule comes before it, field by field. -1 leaves a limit as it is.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings">Istio, ConnectionPoolSettings</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshConnectionPool {

    /** Connections. */
    int maxConnections() default -1;

    /** Requests that wait for a connection. */
    int http1MaxPendingRequests() default -1;

    /** Requests under way. */
    int http2MaxRequests() default -1;

    /** Retries under way. */
    int maxRetries() default -1;
}
