package io.inmesh.api.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may not call: whoever matches is denied. On a controller's class or a method that handles requests, for the requests that it handles; on the application's class, for all of
 * them, those to the actuator included. A method's goes before its class's, the application's holds besides. It is enforced before the
 * server dispatches a request, after the operator's policies: both have to let a request pass, so that an application can be stricter
 * than its operator and never laxer.
 *
 * <p>Values are those of Istio's AuthorizationPolicy: exact, {@code prefix*}, {@code *suffix} or {@code *}; within one field any of them,
 * across fields all. Without principals and namespaces: everybody.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source">Istio, AuthorizationPolicy</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MeshDeny {

    /** Callers by certificate, such as {@code cluster.local/ns/shop/sa/orders}. They are denied. */
    String[] principals() default {};

    /** Callers by the namespace of their certificate. They are denied. */
    String[] namespaces() default {};

    /** Of requests with these methods only, such as {@code DELETE}; empty for all. */
    String[] methods() default {};
}
