package io.inmesh.spring.http;

import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;

/** Whatever Spring Boot's builders make goes through the mesh: RestClient, RestTemplate, HTTP interfaces. */
public final class RequestFactoryBuilderPostProcessor implements BeanPostProcessor {

    private final Supplier<MeshHttp> mesh;

    public RequestFactoryBuilderPostProcessor(Supplier<MeshHttp> mesh) {
        this.mesh = mesh;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof ClientHttpRequestFactoryBuilder<?> builder
                        && !(bean instanceof MeshClientHttpRequestFactoryBuilder)
                ? new MeshClientHttpRequestFactoryBuilder(builder, mesh)
                : bean;
    }
}
