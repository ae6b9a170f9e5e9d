package io.inmesh.spring.access;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.client.authz.CallerRule;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Puts what annotations say of callers in force, before the application's port opens; and fails the start where one could have no effect,
 * for then somebody believes to be protected who is not.
 */
public final class CallerRules implements SmartInitializingSingleton {

    private static final String NO_EFFECT = " can have no effect: ";

    private final ConfigurableListableBeanFactory beans;
    private final List<? extends HandledRequests.Source> handlers;
    private final @Nullable Consumer<List<CallerRule>> calledSide;
    private volatile List<CallerRule> inForce = List.of();

    /**
     * Nothing is looked at yet.
     *
     * @param calledSide takes the rules; null where the mesh judges no callers
     */
    public CallerRules(
            ConfigurableListableBeanFactory beans,
            List<? extends HandledRequests.Source> handlers,
            @Nullable Consumer<List<CallerRule>> calledSide) {
        this.beans = beans;
        this.handlers = List.copyOf(handlers);
        this.calledSide = calledSide;
    }

    /** For people. */
    public List<String> describe() {
        return inForce.stream().map(CallerRule::describe).toList();
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<Method> annotated = new LinkedHashSet<>();
        Set<Class<?>> types = new LinkedHashSet<>();
        applicationTypes().forEach(type -> look(type, types, annotated));
        if (types.isEmpty() && annotated.isEmpty()) {
            return;
        }
        List<CallerRule> rules = new ArrayList<>();
        for (HandledRequests handled : handlers.stream()
                .map(HandledRequests.Source::find)
                .flatMap(Collection::stream)
                .toList()) {
            rules.addAll(CallerAnnotations.of(handled));
            annotated.remove(handled.method());
            types.remove(handled.controller());
        }
        for (Class<?> type : List.copyOf(types)) {
            if (AnnotatedElementUtils.hasAnnotation(type, EnableAutoConfiguration.class)) {
                rules.addAll(CallerAnnotations.ofApplication(type));
                types.remove(type);
            }
        }
        refuse(types, annotated);
        calledSide().accept(rules);
        inForce = List.copyOf(rules);
    }

    private Consumer<List<CallerRule>> calledSide() {
        Consumer<List<CallerRule>> side = calledSide;
        if (side == null) {
            throw new MeshConfigurationException("@MeshAllow and @MeshDeny" + NO_EFFECT
                    + "the mesh does not judge the callers of this application. It has to be a web application,"
                    + " mesh.control.address or mesh.files has to be set, and mesh.inbound.enabled must not be false");
        }
        return side;
    }

    private static void refuse(Set<Class<?>> types, Set<Method> methods) {
        for (Class<?> type : types) {
            throw new MeshConfigurationException("The @MeshAllow or @MeshDeny of " + type.getName() + NO_EFFECT
                    + "it is no controller, has no handlers, and is not the application's class");
        }
        for (Method method : methods) {
            throw new MeshConfigurationException("The @MeshAllow or @MeshDeny of "
                    + method.getDeclaringClass().getName() + "." + method.getName() + NO_EFFECT
                    + "the method handles no requests");
        }
    }

    private List<Class<?>> applicationTypes() {
        List<Class<?>> types = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(name, false);
            if (type != null && !type.getName().startsWith("org.springframework.")) {
                types.add(ClassUtils.getUserClass(type));
            }
        }
        return types;
    }

    private static void look(Class<?> type, Set<Class<?>> types, Set<Method> methods) {
        if (CallerAnnotations.on(type)) {
            types.add(type);
        }
        methods.addAll(MethodIntrospector.selectMethods(type, (ReflectionUtils.MethodFilter) CallerAnnotations::on));
    }
}
