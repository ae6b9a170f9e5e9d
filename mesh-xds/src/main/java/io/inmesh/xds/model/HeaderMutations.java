package io.inmesh.xds.model;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Headers that a route configuration, virtual host, route or weighted cluster adds and removes. By Envoy's default the more specific
 * level comes first, so that the less specific one has the last word.
 *
 * @param request changes before the request goes upstream
 * @param response changes before the response goes to the caller
 */
public record HeaderMutations(Changes request, Changes response) {

    /** No change. */
    public static final HeaderMutations NONE = new HeaderMutations(Changes.NONE, Changes.NONE);

    public HeaderMutations {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(response, "response");
    }

    /**
     * Changes to one message: what is removed goes first, then additions in order.
     *
     * @param add additions in order
     * @param remove names, lower case
     */
    public record Changes(List<Addition> add, List<String> remove) {

        /** No change. */
        public static final Changes NONE = new Changes(List.of(), List.of());

        public Changes {
            add = List.copyOf(add);
            remove = remove.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        }
    }

    /**
     * One addition.
     *
     * @param name lower case
     * @param value Envoy's format string: {@code %COMMAND%} is substituted, {@code %%} is a percent sign
     * @param action what happens if the header is or is not there already
     * @param keepEmptyValue a value that comes out empty is added nevertheless
     */
    public record Addition(String name, String value, AppendAction action, boolean keepEmptyValue) {
        public Addition {
            name = name.toLowerCase(Locale.ROOT);
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(action, "action");
        }
    }

    /** Envoy's HeaderAppendAction. */
    public enum AppendAction {
        APPEND_IF_EXISTS_OR_ADD,
        ADD_IF_ABSENT,
        OVERWRITE_IF_EXISTS_OR_ADD,
        OVERWRITE_IF_EXISTS
    }
}
