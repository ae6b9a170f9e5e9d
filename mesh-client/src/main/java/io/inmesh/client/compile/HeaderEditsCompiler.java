package io.inmesh.client.compile;

import io.inmesh.client.route.HeaderEdits;
import io.inmesh.xds.model.HeaderMutations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Header changes of all levels (weighted cluster, route, virtual host, table) in the order in which they take effect: within a level
 * removals come first; among levels the most specific comes first, so that the table has the last word unless it says otherwise.
 */
final class HeaderEditsCompiler {

    private final List<HeaderMutations> levels;
    private final Findings findings;
    private final String path;

    HeaderEditsCompiler(
            List<HeaderMutations> mostSpecificFirst, boolean mostSpecificWins, Findings findings, String path) {
        levels = new ArrayList<>(mostSpecificFirst);
        if (mostSpecificWins) {
            Collections.reverse(levels);
        }
        this.findings = findings;
        this.path = path;
    }

    HeaderEdits request() {
        return edits(HeaderMutations::request, "request_headers_to_add");
    }

    HeaderEdits response() {
        return edits(HeaderMutations::response, "response_headers_to_add");
    }

    private HeaderEdits edits(Function<HeaderMutations, HeaderMutations.Changes> direction, String field) {
        List<HeaderEdits.Edit> edits = new ArrayList<>();
        for (HeaderMutations level : levels) {
            HeaderMutations.Changes changes = direction.apply(level);
            changes.remove().forEach(name -> edits.add(new HeaderEdits.Remove(name)));
            for (int i = 0; i < changes.add().size(); i++) {
                add(changes.add().get(i), field + "[" + i + "]", edits);
            }
        }
        return edits.isEmpty() ? HeaderEdits.NONE : new HeaderEdits(edits);
    }

    private void add(HeaderMutations.Addition addition, String field, List<HeaderEdits.Edit> edits) {
        if (addition.value().replace("%%", "").indexOf('%') >= 0) {
            findings.unsupported(path + "." + field + ".header.value", "commands between percent signs");
            return;
        }
        String name = addition.name();
        String value = addition.value().replace("%%", "%");
        if (value.isEmpty() && !addition.keepEmptyValue()) {
            return;
        }
        edits.add(
                switch (addition.action()) {
                    case APPEND_IF_EXISTS_OR_ADD -> new HeaderEdits.Append(name, value);
                    case ADD_IF_ABSENT -> new HeaderEdits.AddIfAbsent(name, value);
                    case OVERWRITE_IF_EXISTS_OR_ADD -> new HeaderEdits.Overwrite(name, value, false);
                    case OVERWRITE_IF_EXISTS -> new HeaderEdits.Overwrite(name, value, true);
                });
    }
}
