package io.inmesh.spring.autoconfigure;

import io.inmesh.api.error.MeshConfigurationException;
import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.util.ClassUtils;

/** A server without the mesh's checks would be open to everybody where the operator asked for mutual TLS. */
final class UnprotectedServerRefusal implements WebServerFactoryCustomizer<WebServerFactory> {

    private static final String TOMCAT = "org.springframework.boot.tomcat.TomcatWebServerFactory";

    @Override
    public void customize(WebServerFactory factory) {
        if (!isTomcat(factory)) {
            throw new MeshConfigurationException(
                    "The mesh protects an embedded Tomcat and no other server yet, and this application has "
                            + factory.getClass().getName()
                            + ". Use spring-boot-starter-tomcat, or let the port go unprotected by mesh.inbound.enabled=false");
        }
    }

    private static boolean isTomcat(WebServerFactory factory) {
        ClassLoader loader = factory.getClass().getClassLoader();
        return ClassUtils.isPresent(TOMCAT, loader)
                && ClassUtils.resolveClassName(TOMCAT, loader).isInstance(factory);
    }
}
