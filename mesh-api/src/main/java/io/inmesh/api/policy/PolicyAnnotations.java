package io.inmesh.api.policy;

import static java.util.Map.entry;

import io.inmesh.api.annotation.MeshBulkhead;
import io.inmesh.api.annotation.MeshCircuitBreaker;
import io.inmesh.api.annotation.MeshConnectionPool;
import io.inmesh.api.annotation.MeshFallback;
import io.inmesh.api.annotation.MeshFault;
import io.inmesh.api.annotation.MeshOutlierDetection;
import io.inmesh.api.annotation.MeshRateLimit;
import io.inmesh.api.annotation.MeshRetry;
import io.inmesh.api.annotation.MeshRoute;
import io.inmesh.api.annotation.MeshTimeout;
import io.inmesh.api.error.MeshConfigurationException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads policies from annotations: when a client is made, never when it calls. */
public final class PolicyAnnotations {

    private static final String VALUE = "value";

    private static final Map<Class<? extends Annotation>, Map<String, PolicyField>> FIELDS = Map.ofEntries(
            entry(MeshTimeout.class, Map.of(VALUE, PolicyField.TIMEOUT)),
            entry(
                    MeshRetry.class,
                    Map.of(
                            "attempts", PolicyField.RETRY_ATTEMPTS,
                            "perTryTimeout", PolicyField.RETRY_PER_TRY_TIMEOUT,
                            "retryOn", PolicyField.RETRY_ON,
                            "backoff", PolicyField.RETRY_BACKOFF)),
            entry(
                    MeshRoute.class,
                    Map.of(
                            "host", PolicyField.ROUTE_HOST,
                            "subset", PolicyField.ROUTE_SUBSET,
                            "headers", PolicyField.ROUTE_HEADERS)),
            entry(
                    MeshFault.class,
                    Map.of(
                            "delay", PolicyField.FAULT_DELAY,
                            "delayPercent", PolicyField.FAULT_DELAY_PERCENT,
                            "abortStatus", PolicyField.FAULT_ABORT_STATUS,
                            "abortPercent", PolicyField.FAULT_ABORT_PERCENT)),
            entry(
                    MeshConnectionPool.class,
                    Map.of(
                            "maxConnections", PolicyField.MAX_CONNECTIONS,
                            "http1MaxPendingRequests", PolicyField.MAX_PENDING_REQUESTS,
                            "http2MaxRequests", PolicyField.MAX_REQUESTS,
                            "maxRetries", PolicyField.MAX_RETRIES)),
            entry(
                    MeshOutlierDetection.class,
                    Map.of(
                            "consecutive5xxErrors", PolicyField.CONSECUTIVE_5XX,
                            "consecutiveGatewayErrors", PolicyField.CONSECUTIVE_GATEWAY,
                            "interval", PolicyField.OUTLIER_INTERVAL,
                            "baseEjectionTime", PolicyField.BASE_EJECTION_TIME,
                            "maxEjectionPercent", PolicyField.MAX_EJECTION_PERCENT)),
            entry(
                    MeshCircuitBreaker.class,
                    Map.of(
                            "failureRateThreshold", PolicyField.FAILURE_RATE,
                            "slidingWindowSize", PolicyField.SLIDING_WINDOW,
                            "minimumNumberOfCalls", PolicyField.MINIMUM_CALLS,
                            "waitDurationInOpenState", PolicyField.OPEN_FOR,
                            "permittedNumberOfCallsInHalfOpenState", PolicyField.HALF_OPEN_CALLS)),
            entry(MeshBulkhead.class, Map.of("maxConcurrentCalls", PolicyField.BULKHEAD)),
            entry(MeshRateLimit.class, Map.of("permits", PolicyField.RATE_PERMITS, "per", PolicyField.RATE_PER)),
            entry(
                    MeshFallback.class,
                    Map.of(
                            "status", PolicyField.FALLBACK_STATUS,
                            "body", PolicyField.FALLBACK_BODY,
                            "contentType", PolicyField.FALLBACK_CONTENT_TYPE)));

    private PolicyAnnotations() {}

    /**
     * What one element's annotations ask for; an empty policy if it has none.
     *
     * @param name whose calls
     * @throws MeshConfigurationException if a value is none
     */
    public static CallPolicy of(String name, AnnotatedElement element) {
        CallPolicy.Builder policy = CallPolicy.builder(name);
        FIELDS.forEach((type, fields) -> {
            Annotation annotation = element.getAnnotation(type);
            if (annotation != null) {
                String source = "@" + type.getSimpleName() + " on " + place(element);
                fields.forEach((attribute, field) -> {
                    String value = written(annotation, attribute);
                    if (!value.isEmpty()) {
                        policy.set(field, value, source);
                    }
                });
            }
        });
        return policy.build();
    }

    /** What a method's annotations ask for, and where they say nothing those of its client's type. */
    public static CallPolicy of(Class<?> client, Method method) {
        String name = name(client, method);
        CallPolicy policy = of(name, method).over(of(name, client));
        Class<?> declaring = method.getDeclaringClass();
        return declaring.equals(client) ? policy : policy.over(of(name, declaring));
    }

    /** With the parameters' types, because overloads are calls of their own. */
    private static String name(Class<?> client, Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", client.getName() + "#" + method.getName() + "(", ")"));
    }

    private static String place(AnnotatedElement element) {
        if (element instanceof Method method) {
            return method.getDeclaringClass().getName() + "." + method.getName();
        }
        return element instanceof Class<?> type ? type.getName() : element.toString();
    }

    /** As text; empty if it was left at a default that stands for nothing. */
    private static String written(Annotation annotation, String attribute) {
        Object value = value(annotation, attribute);
        if (value instanceof String[] several) {
            return String.join(annotation instanceof MeshRoute ? "\n" : ",", several);
        }
        return value.equals(-1) ? "" : value.toString();
    }

    private static Object value(Annotation annotation, String attribute) {
        try {
            return annotation.annotationType().getMethod(attribute).invoke(annotation);
        } catch (IllegalAccessException | InvocationTargetException | NoSuchMethodException e) {
            throw new MeshConfigurationException("The annotation " + annotation + " cannot be read", e);
        }
    }
}
