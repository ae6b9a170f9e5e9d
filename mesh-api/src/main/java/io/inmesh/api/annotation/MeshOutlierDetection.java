package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Ejects single endpoints that keep failing; Istio's {@code trafficPolicy.outlierDetection}. On an HTTP interface, a Feign client, a method of one, or a {@code @Bean} method that makes a client.
 * An operator's DestinationRule comes before it, field by field. Ejections are the process's: all its clients avoid the endpoint.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection">Istio, OutlierDetection</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshOutlierDetection {

    /** Answers of 500 and above in a row that eject; 0 for never. */
    int consecutive5xxErrors() default 5;

    /** Answers of 502, 503 and 504 in a row that eject; 0 for never; -1 for Istio's default. */
    int consecutiveGatewayErrors() default -1;

    /** Between two sweeps, such as {@code 10s}; empty for Istio's default. */
    String interval() default "";

    /** The first time out, such as {@code 30s}; empty for Istio's default. */
    String baseEjectionTime() default "";

    /** Percent of the endpoints that may be out at once; -1 for Istio's default. */
    int maxEjectionPercent() default -1;
}
