package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.DeclaredTypes;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.FieldSamples;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Finds out which declared fields are decoded, by trying: each message is put, with one field or two set, into each place of a resource where
 * decoders are known to read messages of its type, beginning with the resources themselves.
 */
final class DecodedFields {

    private static final List<ResourceDecoder<?>> ROOTS = List.of(
            ResourceDecoder.CLUSTERS,
            ResourceDecoder.LOAD_ASSIGNMENTS,
            ResourceDecoder.LISTENERS,
            ResourceDecoder.ROUTE_CONFIGURATIONS);

    private final Map<MessageType, Set<String>> read = new HashMap<>();
    private final Deque<Place> toVisit = new ArrayDeque<>();
    private final Set<MessageType> reached = new HashSet<>();

    /** Somewhere in a resource where messages of a type are decoded. */
    private record Place(ResourceDecoder<?> decoder, MessageType type, UnaryOperator<Message> intoResource) {}

    private DecodedFields() {}

    /** The names of decoded fields by message. */
    static Map<MessageType, Set<String>> find() {
        DecodedFields fields = new DecodedFields();
        for (ResourceDecoder<?> root : ROOTS) {
            Field<?> name = root.type().fields().stream()
                    .filter(field -> field.name().equals("name") || field.name().equals("cluster_name"))
                    .findFirst()
                    .orElseThrow();
            fields.toVisit.add(new Place(root, root.type(), message -> FieldSamples.with(message, name)));
            fields.reached.add(root.type());
        }
        while (!fields.toVisit.isEmpty()) {
            fields.visit(fields.toVisit.remove());
        }
        return fields.read;
    }

    private void visit(Place place) {
        for (Message context : contexts(place.type())) {
            for (Field<?> field : place.type().fields()) {
                Message message = FieldSamples.with(context, field);
                decode(place, message);
                FieldSamples.nested(field).ifPresent(inner -> descend(place, context, field, inner));
            }
        }
    }

    /** An empty message, one with its first text, one for each constant of each of its enums: what is read may depend on it. */
    private static List<Message> contexts(MessageType type) {
        List<Message> contexts = new ArrayList<>();
        contexts.add(Message.of(type));
        FieldSamples.firstText(type).ifPresent(field -> contexts.add(FieldSamples.with(Message.of(type), field)));
        for (Field<?> field : type.fields()) {
            contexts.addAll(FieldSamples.withEachConstant(Message.of(type), field));
        }
        return contexts;
    }

    private void descend(Place place, Message context, Field<?> field, MessageType inner) {
        List<MessageType> candidates = inner == Any.TYPE ? List.copyOf(DeclaredTypes.REGISTRY.types()) : List.of(inner);
        for (MessageType candidate : candidates) {
            if (!reached.contains(candidate)) {
                tryOne(place, context, field, candidate, inner == Any.TYPE);
            }
        }
    }

    private void tryOne(Place place, Message context, Field<?> field, MessageType candidate, boolean packed) {
        UnaryOperator<Message> outwards = message ->
                place.intoResource().apply(FieldSamples.with(context, field, packed ? Any.pack(message) : message));
        Place deeper = new Place(place.decoder(), candidate, outwards);
        for (Field<?> set : candidate.fields()) {
            Message sample = FieldSamples.with(Message.of(candidate), set);
            if (!reached.contains(candidate) && decode(deeper, sample).contains(sample)) {
                reached.add(candidate);
                toVisit.add(deeper);
            }
        }
    }

    /** Decodes a message in its place and returns the messages of which any field was asked for. */
    private Set<Message> decode(Place place, Message message) {
        Set<Message> asked = new HashSet<>();
        place.decoder().decode(place.intoResource().apply(message), new Report() {
            @Override
            void read(Message from, Field<?> field) {
                asked.add(from);
                read.computeIfAbsent(from.type(), any -> new HashSet<>()).add(field.name());
            }
        });
        return asked;
    }
}
