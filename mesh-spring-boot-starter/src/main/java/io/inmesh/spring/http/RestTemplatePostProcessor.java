package io.inmesh.spring.http;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestTemplate;

/** A RestTemplate bean goes through the mesh also if it was not made by Spring Boot's builder. */
public final class RestTemplatePostProcessor implements BeanPostProcessor {

    private final Supplier<MeshHttp> mesh;

    public RestTemplatePostProcessor(Supplier<MeshHttp> mesh) {
        this.mesh = mesh;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof RestTemplate template) {
            join(template);
            mesh.get().policies().ofBean(name).ifPresent(policy -> template.getClientHttpRequestInitializers()
                    .add(request -> request.getAttributes().put(MeshPolicies.OF_CLIENT, policy)));
        }
        return bean;
    }

    private void join(RestTemplate template) {
        // With interceptors the template shows a wrapper made of them instead of its own factory.
        List<ClientHttpRequestInterceptor> interceptors = List.copyOf(template.getInterceptors());
        template.setInterceptors(List.of());
        ClientHttpRequestFactory original = template.getRequestFactory();
        if (!joined(original)) {
            template.setRequestFactory(mesh.get().factory(original));
        }
        template.setInterceptors(interceptors);
    }

    private static boolean joined(ClientHttpRequestFactory factory) {
        ClientHttpRequestFactory inner = factory;
        while (inner instanceof AbstractClientHttpRequestFactoryWrapper wrapper) {
            inner = wrapper.getDelegate();
        }
        return inner instanceof MeshClientHttpRequestFactory;
    }
}
