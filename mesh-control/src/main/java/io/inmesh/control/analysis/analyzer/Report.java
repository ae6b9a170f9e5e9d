package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.Origin;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects messages, each of them once. Used by one thread. */
final class Report {

    private final Set<Message> messages = new LinkedHashSet<>();

    void add(Code code, Item item, Origin origin, String text) {
        messages.add(new Message(code, item.shown(), origin, text));
    }

    void notFound(Item item, Origin origin, String what, String name) {
        add(Code.REFERENCED_RESOURCE_NOT_FOUND, item, origin, "Referenced " + what + " not found: \"" + name + "\"");
    }

    Collection<Message> messages() {
        return List.copyOf(messages);
    }
}
