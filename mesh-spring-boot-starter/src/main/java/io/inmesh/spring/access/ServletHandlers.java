package io.inmesh.spring.access;

import io.inmesh.api.error.MeshConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The handlers of Spring MVC, with its own patterns, so that what is judged is what is dispatched. */
public final class ServletHandlers implements HandledRequests.Source {

    private final Supplier<Stream<RequestMappingHandlerMapping>> mappings;
    private final String prefix;

    /**
     * Handlers that are asked for later.
     *
     * @param mappings of the application
     */
    public ServletHandlers(Supplier<Stream<RequestMappingHandlerMapping>> mappings, Environment environment) {
        this.mappings = mappings;
        this.prefix = part(environment.getProperty("server.servlet.context-path"))
                + part(environment.getProperty("spring.mvc.servlet.path"));
    }

    private static String part(@Nullable String path) {
        return path == null || path.equals("/") ? "" : path.replaceAll("/+$", "");
    }

    @Override
    public List<HandledRequests> find() {
        List<HandledRequests> found = new ArrayList<>();
        mappings.get().forEach(mapping -> mapping.getHandlerMethods()
                .forEach((info, handler) -> found.add(of(mapping, info, handler))));
        return found;
    }

    private HandledRequests of(RequestMappingHandlerMapping mapping, RequestMappingInfo info, HandlerMethod handler) {
        PathPatternsRequestCondition patterns = info.getPathPatternsCondition();
        PathPatternParser parser = mapping.getPatternParser();
        Class<?> controller = ClassUtils.getUserClass(handler.getBeanType());
        if (patterns == null || parser == null) {
            throw new MeshConfigurationException("@MeshAllow and @MeshDeny can have no effect on " + handler
                    + ": it is mapped by an AntPathMatcher, whose matches cannot be told before requests come");
        }
        List<PathPattern> whole = patterns.getPatterns().stream()
                .map(pattern -> prefix.isEmpty() ? pattern : parser.parse(prefix + pattern.getPatternString()))
                .toList();
        return new HandledRequests(controller, handler.getMethod(), verbs(info), anyOf(whole));
    }

    private static Predicate<String> anyOf(List<PathPattern> patterns) {
        return path -> {
            PathContainer parsed = PathContainer.parsePath(path);
            return patterns.stream().anyMatch(pattern -> pattern.matches(parsed));
        };
    }

    /** A handler for GET answers HEAD too. */
    private static Set<String> verbs(RequestMappingInfo info) {
        Set<String> verbs = new TreeSet<>();
        info.getMethodsCondition()
                .getMethods()
                .forEach(method -> verbs.add(Objects.requireNonNull(method).name()));
        if (verbs.contains("GET")) {
            verbs.add("HEAD");
        }
        return verbs;
    }
}
