package io.inmesh.spring.reactive;

import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.http.client.reactive.ClientHttpConnector;

/** Connectors, and what Spring Boot builds them with, go through the mesh, and with them every WebClient over them. */
public final class ConnectorPostProcessor implements BeanPostProcessor {

    private final Supplier<ReactiveHttp> mesh;

    /**
     * Takes hold of beans.
     *
     * @param mesh asked when the first such bean is made
     */
    public ConnectorPostProcessor(Supplier<ReactiveHttp> mesh) {
        this.mesh = mesh;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof ClientHttpConnectorBuilder<?> builder && !(bean instanceof MeshConnectorBuilder)) {
            return new MeshConnectorBuilder(builder, mesh);
        }
        return bean instanceof ClientHttpConnector connector && !(bean instanceof MeshClientHttpConnector)
                ? new MeshClientHttpConnector(connector, mesh.get(), ClientTraits.UNKNOWN)
                : bean;
    }
}
