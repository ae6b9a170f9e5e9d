package io.inmesh.spring.http;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.policy.PolicyAnnotations;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.service.annotation.HttpExchange;

/** No policy is without effect in silence: one that stands where nothing of the mesh passes fails the start, and says why. */
public final class PolicyPlacement implements SmartInitializingSingleton {

    private final ConfigurableListableBeanFactory beans;
    private final MeshPolicies policies;

    public PolicyPlacement(ConfigurableListableBeanFactory beans, MeshPolicies policies) {
        this.beans = beans;
        this.policies = policies;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanDefinitionNames()) {
            if (beans.containsSingleton(name)) {
                check(name, beans.getSingleton(name));
            }
        }
        policies.unmet().forEach(this::checkUnmet);
    }

    private void check(String name, @Nullable Object bean) {
        Method factory = policies.factoryMethod(name);
        if (factory != null
                && !policies.met(name)
                && !PolicyAnnotations.of(name, factory).isEmpty()) {
            throw new MeshConfigurationException("The annotations of the @Bean method "
                    + factory.getDeclaringClass().getName()
                    + "." + factory.getName() + " can have no effect: the mesh does not carry the calls of a "
                    + factory.getReturnType().getName());
        }
        if (bean == null) {
            return;
        }
        if (Proxy.isProxyClass(bean.getClass())) {
            Arrays.stream(bean.getClass().getInterfaces()).forEach(this::checkInterface);
        } else if (!PolicyAnnotations.of(name, ClassUtils.getUserClass(bean)).isEmpty()) {
            throw new MeshConfigurationException(
                    "The annotations of " + ClassUtils.getUserClass(bean).getName()
                            + " can have no effect: policies of calls stand on HTTP interfaces, Feign clients, Retrofit"
                            + " interfaces and on @Bean methods that make HTTP clients");
        }
    }

    private void checkInterface(Class<?> type) {
        for (Method method : type.getMethods()) {
            if (AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class)
                    && !PolicyAnnotations.of(type, method).isEmpty()
                    && !policies.met(type)) {
                throw new MeshConfigurationException("The annotations of " + type.getName() + "." + method.getName()
                        + " can have no effect: its client was made by hand, where nobody tells the mesh which method"
                        + " calls. Let Spring make it: @ImportHttpServices(types = " + type.getSimpleName()
                        + ".class)");
            }
        }
    }

    private void checkUnmet(String name) {
        if (!beans.containsBean(name) && !ClassUtils.isPresent(name, beans.getBeanClassLoader())) {
            throw new MeshConfigurationException("mesh.clients." + name
                    + " can have no effect: there is no HTTP interface"
                    + " group, no interface and no bean of a client of that name; there are " + policies.names());
        }
    }
}
