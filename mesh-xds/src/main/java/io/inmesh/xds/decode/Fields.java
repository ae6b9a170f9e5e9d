package io.inmesh.xds.decode;

import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.UnknownField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message while it is decoded. It notes which fields the decoder reads; whatever else is there when the decoder is done, declared or
 * not, is reported. So a field cannot be forgotten in silence. For one thread.
 */
final class Fields {

    private final Message message;
    private final String path;
    private final Report report;
    private final Set<Integer> seen = new HashSet<>();
    private final Set<Integer> reported = new HashSet<>();

    private Fields(Message message, String path, Report report) {
        this.message = message;
        this.path = path;
        this.report = report;
    }

    /** Decodes a message and reports what the decoder left aside. */
    static <R> R decode(Message message, String path, Report report, Function<Fields, R> decoder) {
        Fields fields = new Fields(message, path, report);
        try {
            R result = decoder.apply(fields);
            fields.leftovers();
            return result;
        } catch (InvalidResourceException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidResourceException(path, String.valueOf(e.getMessage()));
        }
    }

    /** The value, or its zero. */
    <T> T get(Field<T> field) {
        note(field);
        return message.get(field);
    }

    /** The value, if it is there. */
    <T> @Nullable T orNull(Field<T> field) {
        note(field);
        return message.find(field).orElse(null);
    }

    /** The value, or Envoy's default. */
    <T> T or(Field<T> field, T absent) {
        note(field);
        return message.find(field).orElse(absent);
    }

    boolean has(Field<?> field) {
        return message.has(field);
    }

    /** The field has no meaning for us, and whoever calls says why. */
    void ignore(Field<?> field) {
        seen.add(field.number());
    }

    /** Whether an enum has a number that we do not know; it is reported as such, and read as its zero. */
    boolean unrecognised(Field<?> field) {
        return message.unknownFields().stream().anyMatch(unknown -> unknown.number() == field.number());
    }

    /** Whether a field is there that Envoy has and we do not implement. */
    boolean hasOther(String name) {
        return message.unknownFields().stream()
                .anyMatch(unknown -> name.equals(message.type().others().get(unknown.number())));
    }

    /** A nested message; an absent one is decoded as if it were empty. */
    <R> R nested(Field<Message> field, Function<Fields, R> decoder) {
        return decode(get(field), at(field), report, decoder);
    }

    /** A nested message, if it is there. */
    <R> @Nullable R nestedOrNull(Field<Message> field, Function<Fields, R> decoder) {
        return has(field) ? nested(field, decoder) : null;
    }

    /** A nested message, or Envoy's default. */
    <R> R nestedOr(Field<Message> field, R absent, Function<Fields, R> decoder) {
        return has(field) ? nested(field, decoder) : absent;
    }

    /** Each message of a list. */
    <R> List<R> each(Field<List<Message>> field, Function<Fields, R> decoder) {
        List<R> decoded = new ArrayList<>();
        for (Message element : get(field)) {
            decoded.add(decode(element, at(field) + "[" + decoded.size() + "]", report, decoder));
        }
        return Collections.unmodifiableList(decoded);
    }

    /** Each message of a list of which anything can be made. */
    <R> List<R> eachIf(Field<List<Message>> field, Function<Fields, Optional<R>> decoder) {
        return each(field, decoder).stream().flatMap(Optional::stream).toList();
    }

    /** Each message of a map. */
    <R> Map<String, R> eachEntry(Field<Map<String, Message>> field, Function<Fields, R> decoder) {
        Map<String, R> decoded = new LinkedHashMap<>();
        get(field).forEach((key, value) -> decoded.put(key, decode(value, at(field, key), report, decoder)));
        return Collections.unmodifiableMap(decoded);
    }

    /** What an {@code Any} holds. */
    Extension extension(Field<Message> field) {
        return new Extension(get(field), at(field), report);
    }

    /** What each {@code Any} of a map holds. */
    <R> Map<String, R> eachExtension(Field<Map<String, Message>> field, Function<Extension, R> decoder) {
        Map<String, R> decoded = new LinkedHashMap<>();
        get(field)
                .forEach((key, value) -> decoded.put(key, decoder.apply(new Extension(value, at(field, key), report))));
        return Collections.unmodifiableMap(decoded);
    }

    /** Reports what is there and not read by now; what is reported once is not again. Returns the fields' names. */
    List<String> leftovers() {
        Set<String> names = new LinkedHashSet<>();
        for (Field<?> field : message.presentFields()) {
            if (seen.add(field.number())) {
                names.add(field.name());
            }
        }
        for (UnknownField unknown : message.unknownFields()) {
            // A declared field is among the unknown ones because of its value, whether it was read or not.
            if (reported.add(unknown.number())) {
                names.add(message.type().nameOf(unknown.number()));
            }
        }
        names.forEach(this::unsupported);
        return List.copyOf(names);
    }

    /** Reports something by name, a value that means nothing to us for instance. */
    void unsupported(String name) {
        report.add(path.isEmpty() ? name : path + "." + name);
    }

    /** See {@link Report#mark}. */
    int mark() {
        return report.mark();
    }

    /** What was reported since, in this message and below. */
    List<String> reportedSince(int mark) {
        return report.since(mark);
    }

    private void note(Field<?> field) {
        seen.add(field.number());
        report.read(message, field);
    }

    private String at(Field<?> field) {
        return path.isEmpty() ? field.name() : path + "." + field.name();
    }

    private String at(Field<?> field, String key) {
        return at(field) + "{" + key + "}";
    }
}
