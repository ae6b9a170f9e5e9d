package io.inmesh.spring.autoconfigure;

import io.inmesh.client.Mesh;
import io.inmesh.client.authz.CallerRule;
import io.inmesh.spring.access.CallerRules;
import io.inmesh.spring.access.ServletHandlers;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** {@code @MeshAllow} and {@code @MeshDeny}: in force, or a start that fails; also where there is no mesh to put them in force. */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "mesh.enabled", matchIfMissing = true)
public final class MeshAccessAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CallerRules meshCallerRules(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<ServletHandlers> servlet,
            ObjectProvider<CalledSide> calledSide) {
        return new CallerRules(beans, servlet.orderedStream().toList(), calledSide.getIfAvailable());
    }

    /** Takes the rules. */
    interface CalledSide extends Consumer<List<CallerRule>> {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    @ConditionalOnBean(Mesh.class)
    @ConditionalOnBooleanProperty(name = "mesh.inbound.enabled", matchIfMissing = true)
    static class CalledSideConfiguration {

        @Bean
        @ConditionalOnMissingBean
        CalledSide meshCalledSide(ObjectProvider<Mesh> mesh) {
            return rules -> mesh.getObject().inbound().restrict(rules);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(RequestMappingHandlerMapping.class)
    static class ServletConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ServletHandlers meshServletHandlers(
                ObjectProvider<RequestMappingHandlerMapping> mappings, Environment environment) {
            return new ServletHandlers(mappings::orderedStream, environment);
        }
    }
}
