package io.inmesh.spring.access;

import io.inmesh.api.annotation.MeshAllow;
import io.inmesh.api.annotation.MeshDeny;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.client.authz.CallerRule;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Reads {@link MeshAllow} and {@link MeshDeny}. */
final class CallerAnnotations {

    private CallerAnnotations() {}

    static boolean on(AnnotatedElement element) {
        return AnnotatedElementUtils.hasAnnotation(element, MeshAllow.class)
                || AnnotatedElementUtils.hasAnnotation(element, MeshDeny.class);
    }

    /** What holds for all requests of the application. */
    static List<CallerRule> ofApplication(Class<?> application) {
        return rules(application, application, Set.of(), path -> true);
    }

    /** What holds for one handler's requests: of each kind its own, or without one that of its class. */
    static List<CallerRule> of(HandledRequests handled) {
        return rules(handled.method(), handled.controller(), handled.verbs(), handled.paths());
    }

    private static List<CallerRule> rules(
            AnnotatedElement nearest, Class<?> type, Set<String> verbs, Predicate<String> paths) {
        List<CallerRule> rules = new ArrayList<>();
        MeshDeny deny = nearest(MeshDeny.class, nearest, type);
        if (deny != null) {
            add(
                    rules,
                    source(deny, nearest, type),
                    false,
                    deny.principals(),
                    deny.namespaces(),
                    verbs,
                    deny.methods(),
                    paths);
        }
        MeshAllow allow = nearest(MeshAllow.class, nearest, type);
        if (allow != null) {
            add(
                    rules,
                    source(allow, nearest, type),
                    true,
                    allow.principals(),
                    allow.namespaces(),
                    verbs,
                    allow.methods(),
                    paths);
        }
        return rules;
    }

    private static <A extends java.lang.annotation.Annotation> @Nullable A nearest(
            Class<A> kind, AnnotatedElement element, Class<?> type) {
        A own = AnnotatedElementUtils.findMergedAnnotation(element, kind);
        return own == null ? AnnotatedElementUtils.findMergedAnnotation(type, kind) : own;
    }

    private static void add(
            List<CallerRule> rules,
            String source,
            boolean allows,
            String[] principals,
            String[] namespaces,
            Set<String> handled,
            String[] asked,
            Predicate<String> paths) {
        Set<String> methods = new TreeSet<>();
        Arrays.stream(asked).map(method -> method.toUpperCase(Locale.ROOT)).forEach(methods::add);
        if (!handled.isEmpty() && !methods.isEmpty() && !handled.containsAll(methods)) {
            throw new MeshConfigurationException(source + " can have no effect: it names the methods " + methods
                    + ", and its handler has " + handled);
        }
        Stream.of(principals, namespaces).flatMap(Arrays::stream).forEach(value -> check(source, value));
        rules.add(new CallerRule(
                source,
                allows,
                List.of(principals),
                List.of(namespaces),
                methods.isEmpty() ? handled : methods,
                paths));
    }

    private static void check(String source, String value) {
        boolean misplaced =
                value.length() > 2 && value.substring(1, value.length() - 1).indexOf('*') >= 0;
        if (value.isBlank() || misplaced || value.startsWith("spiffe://")) {
            throw new MeshConfigurationException(source + " names '" + value
                    + "', which matches no caller: values are exact, prefix*, *suffix or *, and principals have no"
                    + " spiffe:// before them");
        }
    }

    private static String source(java.lang.annotation.Annotation kind, AnnotatedElement nearest, Class<?> type) {
        String name = "@" + kind.annotationType().getSimpleName() + " on " + type.getName();
        boolean own = AnnotatedElementUtils.hasAnnotation(nearest, kind.annotationType());
        return own && nearest instanceof Method method ? name + "." + method.getName() : name;
    }
}
