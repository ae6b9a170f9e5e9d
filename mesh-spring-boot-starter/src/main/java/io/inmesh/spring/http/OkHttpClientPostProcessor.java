package io.inmesh.spring.http;

import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Every OkHttpClient bean goes through the mesh. */
public final class OkHttpClientPostProcessor implements BeanPostProcessor {

    private final Supplier<MeshHttp> mesh;

    public OkHttpClientPostProcessor(Supplier<MeshHttp> mesh) {
        this.mesh = mesh;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof OkHttpClient client ? mesh.get().joined(client, name) : bean;
    }
}
