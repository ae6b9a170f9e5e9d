package io.inmesh.xds.wire;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds declared types by name, to look into {@code Any}. Immutable. */
public final class TypeRegistry {

    /** Knows no type. */
    public static final TypeRegistry EMPTY = new TypeRegistry(List.of());

    private final Map<String, MessageType> types;

    public TypeRegistry(Collection<MessageType> types) {
        this.types = types.stream().collect(Collectors.toUnmodifiableMap(MessageType::fullName, Function.identity()));
    }

    /** The type that a type URL names, if it is registered. */
    public Optional<MessageType> find(String typeUrl) {
        return Optional.ofNullable(types.get(MessageType.nameIn(typeUrl)));
    }

    /** All of them. */
    public Collection<MessageType> types() {
        return types.values();
    }
}
