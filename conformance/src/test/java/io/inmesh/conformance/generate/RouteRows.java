package io.inmesh.conformance.generate;

import io.inmesh.conformance.config.Tree;
import io.inmesh.conformance.generate.Condition.Variant;
import io.inmesh.conformance.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The requests that just meet a route, and those that are one change away from it. */
final class RouteRows {

    private final String label;
    private final List<String> actions;
    private final List<Condition> conditions = new ArrayList<>();
    private final Draft hit;

    /**
     * Reads what a route asks for.
     *
     * @param label what the rows' names begin with
     * @param domains of the virtual host, the first of them without a wildcard
     */
    RouteRows(String label, Map<String, Object> route, List<String> domains, Witnesses witnesses) {
        this.label = label;
        actions = ActionFields.of(route);
        Map<String, Object> match = Tree.object(route, "match");
        conditions.add(PathConditions.of(match, witnesses));
        Tree.objects(match, "headers").forEach(each -> conditions.add(HeaderConditions.of(each, domains, witnesses)));
        Tree.objects(match, "queryParameters").forEach(each -> conditions.add(QueryConditions.of(each, witnesses)));
        hit = new Draft(domains.get(0));
        conditions.stream().map(Condition::met).filter(Objects::nonNull).forEach(met -> met.accept(hit));
    }

    /** Whether a request of a row can meet the route at all. */
    boolean possible() {
        return conditions.stream().allMatch(condition -> condition.met() != null);
    }

    /** A request that meets it. */
    Draft hit() {
        return hit.copy();
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        if (!possible()) {
            return rows;
        }
        List<String> fields = new ArrayList<>(
                conditions.stream().map(Condition::field).distinct().toList());
        fields.addAll(actions);
        rows.add(Rows.of(label + ": its own request", fields, hit));
        for (Condition condition : conditions) {
            for (Variant variant : condition.variants()) {
                Draft changed = hit();
                variant.change().accept(changed);
                rows.add(Rows.of(label + ": " + variant.what(), List.of(variant.field()), changed));
            }
        }
        return rows;
    }
}
