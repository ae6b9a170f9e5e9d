package io.inmesh.control.push;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that one kind of client sees: what it calls and what it serves. Shared by all clients of the kind. */
public final class View {

    private final Upkeep outbound;
    private final Upkeep inbound;
    private final Map<XdsType, Watchers> watchers = new EnumMap<>(XdsType.class);
    private final Map<Parts, Answer.Body> bodies = new HashMap<>();
    private int members;
    private long bodiesMade;

    private record Parts(
            XdsType type, boolean delta, String version, List<EncodedResource> resources, Collection<String> removed) {}

    View(Upkeep outbound, Upkeep inbound) {
        this.outbound = outbound;
        this.inbound = inbound;
        for (XdsType type : XdsType.values()) {
            watchers.put(type, new Watchers());
        }
        outbound.table().views().add(this);
        inbound.table().views().add(this);
    }

    void enter() {
        members++;
    }

    /** Returns whether that was the last client. */
    boolean leave() {
        members--;
        if (members > 0) {
            return false;
        }
        outbound.table().views().remove(this);
        inbound.table().views().remove(this);
        return true;
    }

    Watchers watchers(XdsType type) {
        return watchers.getOrDefault(type, new Watchers());
    }

    /** The resource of that name, if there is one; made now if nobody needed it before. */
    @Nullable
    EncodedResource find(XdsType type, String name) {
        EncodedResource found = inbound.table().find(type, name);
        return found != null ? found : outbound.find(type, name);
    }

    /** All resources of a type. */
    public List<EncodedResource> all(XdsType type) {
        List<EncodedResource> all = new ArrayList<>(outbound.table().all(type));
        all.addAll(inbound.table().all(type));
        return all;
    }

    /** Changes if any resource of the type does, and is the same after a restart. */
    public String version(XdsType type) {
        return Long.toHexString(
                outbound.table().sum(type) * 31 + inbound.table().sum(type) + 1);
    }

    void touched(XdsType type, String name) {
        bodies.clear();
        watchers(type).touched(name);
    }

    /** The body of an answer, which streams that are told the same have in common. */
    Answer.Body body(
            XdsType type, boolean delta, String version, List<EncodedResource> resources, Collection<String> removed) {
        return bodies.computeIfAbsent(new Parts(type, delta, version, resources, removed), parts -> {
            bodiesMade++;
            return delta
                    ? Answer.Body.delta(type, version, resources, removed)
                    : Answer.Body.stateOfTheWorld(type, version, resources);
        });
    }

    long bodiesMade() {
        return bodiesMade;
    }

    /** Frees what was kept for clients that come at about the same time, and what nobody asks for any longer. */
    void tidy() {
        bodies.clear();
    }

    /** The names that its clients asked for. */
    Set<String> watched(XdsType type) {
        return new LinkedHashSet<>(watchers(type).watched());
    }
}
