package io.inmesh.spring.http;

import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Every bean of one type goes through the mesh.
 *
 * @param <T> a client, or what makes one
 */
public final class ClientPostProcessor<T> implements BeanPostProcessor, Ordered {

    private final Class<T> type;
    private final Supplier<MeshHttp> mesh;
    private final Join<T> join;

    /**
     * Takes hold of beans.
     *
     * @param mesh asked when the first such bean is made
     * @param join leaves a bean that goes through the mesh already as it is
     */
    public ClientPostProcessor(Class<T> type, Supplier<MeshHttp> mesh, Join<T> join) {
        this.type = type;
        this.mesh = mesh;
        this.join = join;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return type.isInstance(bean) ? join.join(mesh.get(), type.cast(bean), name) : bean;
    }

    /** Before processors without an order, {@link OkHttpClientPostProcessor} among them. */
    @Override
    public int getOrder() {
        return 0;
    }

    /** Puts the mesh before a client. */
    @FunctionalInterface
    public interface Join<T> {

        T join(MeshHttp mesh, T client, String bean);
    }
}
