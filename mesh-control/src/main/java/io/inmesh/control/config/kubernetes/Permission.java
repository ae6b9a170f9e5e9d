package io.inmesh.control.config.kubernetes;

import java.util.List;

/**
 * What the control service may have to do.
 *
 * @param resource with its subresource behind a slash, if it is one
 * @param namespace empty for all
 * @param name empty for all
 */
record Permission(List<String> verbs, String group, String resource, String namespace, String name) {

    static Permission toWatch(WatchedKind kind) {
        return new Permission(List.of("list", "watch"), kind.group(), kind.plural(), "", "");
    }

    static Permission of(ObjectName object, String... verbs) {
        return new Permission(
                List.of(verbs), object.kind().group(), object.kind().plural(), object.namespace(), object.name());
    }

    /** To make objects of a kind in a namespace, or with an empty one in all: their names cannot be restricted. */
    static Permission toCreate(WatchedKind kind, String namespace) {
        return new Permission(List.of("create"), kind.group(), kind.plural(), namespace, "");
    }

    static Permission toWriteStatus(WatchedKind kind) {
        return new Permission(List.of("update"), kind.group(), kind.plural() + "/status", "", "");
    }

    /** As people write it, such as {@code configmaps 'istio' in istio-system}. */
    String what() {
        return resource
                + (group.isEmpty() ? "" : "." + group)
                + (name.isEmpty() ? "" : " '" + name + "'")
                + (namespace.isEmpty() ? "" : " in " + namespace);
    }
}
