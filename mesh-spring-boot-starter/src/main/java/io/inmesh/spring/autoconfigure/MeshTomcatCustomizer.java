package io.inmesh.spring.autoconfigure;

import io.inmesh.client.Mesh;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Mutual TLS, plaintext or both on Tomcat's one port, and authorization before any filter. */
final class MeshTomcatCustomizer implements WebServerFactoryCustomizer<TomcatWebServerFactory>, DrainedServer, Ordered {

    private final Supplier<Mesh> mesh;
    private final List<Connector> connectors = new CopyOnWriteArrayList<>();

    MeshTomcatCustomizer(Supplier<Mesh> mesh) {
        this.mesh = mesh;
    }

    @Override
    public void customize(TomcatWebServerFactory factory) {
        factory.setProtocol(MeshTomcat.PROTOCOL);
        factory.addConnectorCustomizers(connector -> {
            MeshTomcat.attach(connector, mesh.get().inbound());
            connectors.add(connector);
        });
    }

    @Override
    public void lastAnswers() {
        connectors.forEach(MeshTomcat::lastAnswers);
    }

    @Override
    public int acceptNoMore() {
        return connectors.stream().mapToInt(MeshTomcat::acceptNoMore).sum();
    }

    /** After the application's own, which may have set another protocol. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
