package io.inmesh.spring.autoconfigure;

import io.inmesh.api.annotation.MeshAllow;
import io.inmesh.api.annotation.MeshBulkhead;
import io.inmesh.api.annotation.MeshCircuitBreaker;
import io.inmesh.api.annotation.MeshConnectionPool;
import io.inmesh.api.annotation.MeshDeny;
import io.inmesh.api.annotation.MeshFallback;
import io.inmesh.api.annotation.MeshFault;
import io.inmesh.api.annotation.MeshOutlierDetection;
import io.inmesh.api.annotation.MeshRateLimit;
import io.inmesh.api.annotation.MeshRetry;
import io.inmesh.api.annotation.MeshRoute;
import io.inmesh.api.annotation.MeshTimeout;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** What a native image could not find out: annotations whose members are read by name, and the connector that Tomcat makes by name. */
final class MeshRuntimeHints implements RuntimeHintsRegistrar {

    static final List<Class<?>> ANNOTATIONS = List.of(
            MeshAllow.class,
            MeshBulkhead.class,
            MeshCircuitBreaker.class,
            MeshConnectionPool.class,
            MeshDeny.class,
            MeshFallback.class,
            MeshFault.class,
            MeshOutlierDetection.class,
            MeshRateLimit.class,
            MeshRetry.class,
            MeshRoute.class,
            MeshTimeout.class);

    private static final String TOMCAT = "org.apache.catalina.startup.Tomcat";
    private static final String PROTOCOL = "io.inmesh.client.adapter.tomcat.MeshProtocol";

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        ANNOTATIONS.forEach(type -> hints.reflection().registerType(type, MemberCategory.INVOKE_DECLARED_METHODS));
        hints.reflection()
                .registerType(TypeReference.of(PROTOCOL), hint -> hint.onReachableType(TypeReference.of(TOMCAT))
                        .withMembers(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
    }
}
