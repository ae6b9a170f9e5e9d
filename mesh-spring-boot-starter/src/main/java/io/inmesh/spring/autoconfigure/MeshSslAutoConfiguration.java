package io.inmesh.spring.autoconfigure;

import io.inmesh.client.Mesh;
import io.inmesh.spring.ssl.MeshStores;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;

/**
 * The SSL bundle {@code mesh}: the workload's certificate and the roots of the mesh, for exporters and clients that go past it. Whoever makes a TLS context of
 * it has the identity of that moment.
 */
@AutoConfiguration(after = MeshAutoConfiguration.class, before = SslAutoConfiguration.class)
@ConditionalOnProperty("mesh.control.address")
public final class MeshSslAutoConfiguration {

    /** The bundle's name. */
    public static final String BUNDLE = "mesh";

    /** The mesh is asked for when the bundle is used, not when it is registered. */
    @Bean
    @ConditionalOnMissingBean(name = "meshSslBundleRegistrar")
    SslBundleRegistrar meshSslBundleRegistrar(ObjectProvider<Mesh> mesh) {
        MeshStores stores = new MeshStores(() -> mesh.getObject().identity());
        return registry -> registry.registerBundle(BUNDLE, SslBundle.of(stores));
    }
}
