package io.inmesh.control.analysis.schema;

import io.inmesh.control.analysis.schema.Schema.Combination;
import io.inmesh.control.analysis.schema.Schema.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema while it is read. Used by one thread. */
final class SchemaDraft {

    Schema.Type type;
    boolean nullable;
    boolean open;
    final Map<String, Schema> fields = new LinkedHashMap<>();
    final Set<String> required = new LinkedHashSet<>();

    @Nullable
    Schema values;

    @Nullable
    Schema items;

    List<String> keys = List.of();
    boolean unique;
    Limits limits = Limits.NONE;
    final List<Combination> combinations = new ArrayList<>();
    final List<Rule> rules = new ArrayList<>();

    SchemaDraft(Schema.Type type) {
        this.type = type;
    }

    static SchemaDraft of(Schema schema) {
        SchemaDraft draft = new SchemaDraft(schema.type());
        draft.nullable = schema.nullable();
        draft.open = schema.open();
        draft.fields.putAll(schema.fields());
        draft.required.addAll(schema.required());
        draft.values = schema.values().orElse(null);
        draft.items = schema.items().orElse(null);
        draft.keys = schema.keys();
        draft.unique = schema.unique();
        draft.limits = schema.limits();
        draft.combinations.addAll(schema.combinations());
        draft.rules.addAll(schema.rules());
        return draft;
    }

    Schema done() {
        return new Schema(
                type,
                nullable,
                open,
                Collections.unmodifiableMap(fields),
                Collections.unmodifiableSet(required),
                Optional.ofNullable(values),
                Optional.ofNullable(items),
                keys,
                unique,
                limits,
                List.copyOf(combinations),
                List.copyOf(rules));
    }

    /** At most one of some fields, in the form in which Istio's CRDs say it. */
    static Combination atMostOne(List<String> names) {
        List<Schema> each = names.stream().map(SchemaDraft::having).toList();
        SchemaDraft none = new SchemaDraft(Schema.Type.ANY);
        none.open = true;
        none.combinations.add(new Combination(
                Combination.Mode.NOT, List.of(onlyCombining(new Combination(Combination.Mode.ANY, each)))));
        List<Schema> members = new ArrayList<>(List.of(none.done()));
        members.addAll(each);
        return new Combination(Combination.Mode.ONE, List.copyOf(members));
    }

    private static Schema onlyCombining(Combination combination) {
        SchemaDraft draft = new SchemaDraft(Schema.Type.ANY);
        draft.open = true;
        draft.combinations.add(combination);
        return draft.done();
    }

    private static Schema having(String name) {
        SchemaDraft draft = new SchemaDraft(Schema.Type.ANY);
        draft.open = true;
        draft.required.add(name);
        return draft.done();
    }
}
