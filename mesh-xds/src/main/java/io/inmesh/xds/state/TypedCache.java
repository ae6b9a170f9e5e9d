package io.inmesh.xds.state;

import io.inmesh.xds.decode.Decoded;
import io.inmesh.xds.decode.Rejection;
import io.inmesh.xds.decode.ResourceDecoder;
import io.inmesh.xds.envoy.Discovery.Resource;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resources of one type. Bytes that are known already are not decoded again. For one thread. */
final class TypedCache<T> {

    private final ResourceDecoder<T> decoder;
    private final Map<String, Entry<T>> entries = new LinkedHashMap<>();
    private ResourceSet<T> current = ResourceSet.empty();

    TypedCache(ResourceDecoder<T> decoder) {
        this.decoder = decoder;
    }

    private record Entry<T>(Bytes bytes, T resource, List<String> unsupported) {}

    ResourceSet<T> current() {
        return current;
    }

    /**
     * Takes a response.
     *
     * @param kept names of resources that stay although they are absent
     * @return those that did
     */
    Set<String> take(String version, List<Message> resources, Set<String> kept) {
        Map<Bytes, String> known = new HashMap<>();
        entries.forEach((name, entry) -> known.put(entry.bytes(), name));
        Map<String, Entry<T>> taken = new LinkedHashMap<>();
        List<Rejection> rejections = new ArrayList<>();
        Set<String> refused = new HashSet<>();
        for (Message resource : resources) {
            Bytes bytes = bytes(resource, rejections);
            if (bytes != null) {
                takeOne(bytes, known.get(bytes), taken, rejections, refused);
            }
        }
        Set<String> stayed = intersection(entries.keySet(), kept);
        stayed.removeAll(taken.keySet());
        stayed.removeAll(refused);
        entries.keySet()
                .removeIf(name -> !taken.containsKey(name) && !refused.contains(name) && !stayed.contains(name));
        entries.putAll(taken);
        publish(version, true, rejections);
        return stayed;
    }

    private void takeOne(
            Bytes bytes,
            @Nullable String knownName,
            Map<String, Entry<T>> taken,
            List<Rejection> rejections,
            Set<String> refused) {
        Entry<T> old = knownName == null ? null : entries.get(knownName);
        if (knownName != null && old != null) {
            taken.putIfAbsent(knownName, old);
            return;
        }
        Decoded<T> decoded = decoder.decode(bytes);
        if (decoded instanceof Decoded.Usable<T> usable) {
            // A copy, so that one resource does not keep the whole response alive.
            Entry<T> entry = new Entry<>(
                    Bytes.copyOf(bytes.toByteArray()),
                    unchanged(usable.name(), usable.resource()),
                    usable.unsupported());
            if (taken.putIfAbsent(usable.name(), entry) != null) {
                rejections.add(rejection(usable.name(), "It is more than once in one response; the first is taken"));
            }
        } else if (decoded instanceof Decoded.Refused<T> not) {
            rejections.add(not.rejection());
            refused.add(not.rejection().name());
        }
    }

    /** The instance that we have, if it says the same in other bytes. */
    private T unchanged(String name, T resource) {
        Entry<T> old = entries.get(name);
        return old != null && old.resource().equals(resource) ? old.resource() : resource;
    }

    private @Nullable Bytes bytes(Message any, List<Rejection> rejections) {
        try {
            Message held = Any.holds(any, Resource.TYPE)
                    ? Any.unpack(any, Resource.TYPE).get(Resource.RESOURCE)
                    : any;
            if (Any.holds(held, decoder.type())) {
                return held.get(Any.VALUE);
            }
            rejections.add(rejection("", "A resource of another type: " + held.get(Any.TYPE_URL)));
        } catch (MalformedMessageException e) {
            rejections.add(rejection("", String.valueOf(e.getMessage())));
        }
        return null;
    }

    private Rejection rejection(String name, String reason) {
        return new Rejection(decoder.type().fullName(), name, reason);
    }

    /** Forgets what nobody names any longer. */
    void retain(Set<String> names) {
        boolean forgotten = entries.keySet().retainAll(names);
        if (forgotten || !names.containsAll(current.givenUp())) {
            publish(current.version(), current.received(), current.rejections());
            giveUp(intersection(current.givenUp(), names));
        }
    }

    /** Stops waiting for those of the names that have not come. */
    void giveUp(Set<String> names) {
        Set<String> missing = new HashSet<>(names);
        missing.removeAll(entries.keySet());
        if (!missing.equals(current.givenUp())) {
            current = new ResourceSet<>(
                    current.version(),
                    current.received(),
                    current.byName(),
                    current.unsupported(),
                    current.rejections(),
                    missing,
                    current.wire());
        }
    }

    /** All resources as a control service would send them. */
    List<Message> packed() {
        return entries.values().stream()
                .map(entry -> Message.of(Any.TYPE)
                        .with(Any.TYPE_URL, decoder.type().typeUrl())
                        .with(Any.VALUE, entry.bytes()))
                .toList();
    }

    private void publish(String version, boolean received, List<Rejection> rejections) {
        Map<String, T> byName = new LinkedHashMap<>();
        Map<String, List<String>> unsupported = new LinkedHashMap<>();
        Map<String, Bytes> wire = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            byName.put(name, entry.resource());
            wire.put(name, entry.bytes());
            if (!entry.unsupported().isEmpty()) {
                unsupported.put(name, entry.unsupported());
            }
        });
        Set<String> givenUp = new HashSet<>(current.givenUp());
        givenUp.removeAll(byName.keySet());
        current = new ResourceSet<>(version, received, byName, unsupported, rejections, givenUp, wire);
    }

    private static Set<String> intersection(Set<String> left, Set<String> right) {
        Set<String> both = new HashSet<>(left);
        both.retainAll(right);
        return both;
    }
}
