package io.inmesh.spring.notice;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds retries that stand above those of the mesh: a call that both repeat is made as often as the product of the two. Repeating is what
 * the application asked for, so nothing is changed, and it is said once.
 */
public final class RepeatedRetries implements StartNotice {

    private static final Set<String> ANNOTATIONS = Set.of(
            "org.springframework.resilience.annotation.Retryable",
            "org.springframework.retry.annotation.Retryable",
            "io.github.resilience4j.retry.annotation.Retry",
            "org.eclipse.microprofile.faulttolerance.Retry");
    private static final String FEIGN_RETRYER = "feign.Retryer";

    private final ConfigurableListableBeanFactory beans;

    public RepeatedRetries(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Optional<String> text() {
        Set<String> found = new TreeSet<>();
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(name, false);
            if (type != null && !type.getName().startsWith("org.springframework.")) {
                types(type).forEach(each -> found.addAll(annotated(each)));
                found.addAll(repeating(name, beans.containsSingleton(name) ? beans.getSingleton(name) : null));
            }
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of("calls are repeated above the mesh too, by " + String.join(", ", found)
                        + ". One that both repeat is made as often as the product of the two: two further attempts are Istio's"
                        + " default. Leave it to one of them (@MeshRetry(attempts = 0), or retries.attempts: 0 in the"
                        + " VirtualService)");
    }

    private static Collection<Class<?>> types(Class<?> type) {
        return Proxy.isProxyClass(type) ? Arrays.asList(type.getInterfaces()) : List.of(ClassUtils.getUserClass(type));
    }

    private static Collection<String> annotated(Class<?> type) {
        Collection<String> found = new ArrayList<>();
        retry(type).ifPresent(word -> found.add(word + " on " + type.getName()));
        MethodIntrospector.selectMethods(type, (ReflectionUtils.MethodFilter)
                        method -> retry(method).isPresent())
                .forEach(method ->
                        found.add(retry(method).orElseThrow() + " on " + type.getName() + "." + method.getName()));
        return found;
    }

    private static Optional<String> retry(AnnotatedElement element) {
        MergedAnnotations all = MergedAnnotations.from(element, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY);
        return ANNOTATIONS.stream()
                .filter(all::isPresent)
                .map(name -> "@" + name.substring(name.lastIndexOf('.') + 1))
                .findFirst();
    }

    private static Collection<String> repeating(String name, @Nullable Object bean) {
        if (bean instanceof OkHttpClient client) {
            return client.interceptors().stream()
                    .map(interceptor -> interceptor.getClass().getName())
                    .filter(type -> type.contains("Retry"))
                    .map(type -> type + " in the OkHttpClient '" + name + "'")
                    .toList();
        }
        return bean != null && isFeignRetryer(bean) ? List.of("the Feign Retryer '" + name + "'") : List.of();
    }

    private static boolean isFeignRetryer(Object bean) {
        Class<?> retryer = ClassUtils.getAllInterfacesForClassAsSet(bean.getClass()).stream()
                .filter(type -> type.getName().equals(FEIGN_RETRYER))
                .findFirst()
                .orElse(null);
        Field never = retryer == null ? null : ReflectionUtils.findField(retryer, "NEVER_RETRY");
        return retryer != null && (never == null || ReflectionUtils.getField(never, null) != bean);
    }
}
