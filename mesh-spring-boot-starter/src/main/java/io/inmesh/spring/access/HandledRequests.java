package io.inmesh.spring.access;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A handler method and the requests that are dispatched to it.
 *
 * @param controller the handler's class
 * @param method of the controller
 * @param verbs HTTP methods; empty for all
 * @param paths as the dispatcher matches them, context path included
 */
public record HandledRequests(Class<?> controller, Method method, Set<String> verbs, Predicate<String> paths) {

    /** Finds the handlers of an application. */
    @FunctionalInterface
    public interface Source {

        List<HandledRequests> find();
    }
}
