package io.inmesh.spring.autoconfigure;

import io.inmesh.client.Mesh;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import java.util.function.Supplier;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Mutual TLS, plaintext or both on Tomcat's one port, and authorization before any filter. */
final class MeshTomcatCustomizer implements WebServerFactoryCustomizer<TomcatWebServerFactory>, Ordered {

    private final Supplier<Mesh> mesh;

    MeshTomcatCustomizer(Supplier<Mesh> mesh) {
        this.mesh = mesh;
    }

    @Override
    public void customize(TomcatWebServerFactory factory) {
        factory.setProtocol(MeshTomcat.PROTOCOL);
        factory.addConnectorCustomizers(
                connector -> MeshTomcat.attach(connector, mesh.get().inbound()));
    }

    /** After the application's own, which may have set another protocol. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
