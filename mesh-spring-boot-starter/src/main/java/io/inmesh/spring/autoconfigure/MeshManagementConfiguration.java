package io.inmesh.spring.autoconfigure;

import io.inmesh.client.Mesh;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.context.annotation.Bean;

/** A management port of its own is protected like the application's. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnClass(TomcatWebServerFactory.class)
@ConditionalOnBean(Mesh.class)
@ConditionalOnBooleanProperty(name = "mesh.inbound.enabled", matchIfMissing = true)
final class MeshManagementConfiguration {

    @Bean
    MeshTomcatCustomizer meshManagementTomcatCustomizer(ObjectProvider<Mesh> mesh) {
        return new MeshTomcatCustomizer(mesh::getObject);
    }
}
