package io.inmesh.spring.http;

import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;

/** A RestClient bean goes through the mesh also if it was not made by Spring Boot's builder. */
public final class RestClientPostProcessor implements BeanPostProcessor {

    private final Supplier<MeshHttp> mesh;

    public RestClientPostProcessor(Supplier<MeshHttp> mesh) {
        this.mesh = mesh;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof RestClient client)) {
            return bean;
        }
        RestClientRequests original = new RestClientRequests(client);
        RestClient joined = joined(original)
                ? client
                : client.mutate().requestFactory(mesh.get().factory(original)).build();
        return mesh.get()
                .policies()
                .ofBean(name)
                .map(policy -> joined.mutate()
                        .requestInitializer(request -> request.getAttributes().put(MeshPolicies.OF_CLIENT, policy))
                        .build())
                .orElse(joined);
    }

    private static boolean joined(RestClientRequests requests) {
        try {
            requests.createRequest(MeshClientHttpRequestFactory.JOINED, HttpMethod.GET)
                    .execute()
                    .close();
            return false;
        } catch (MeshClientHttpRequestFactory.JoinedException e) {
            return true;
        } catch (IOException | RuntimeException e) {
            // What another factory says to an address that only ours knows.
            return false;
        }
    }
}
