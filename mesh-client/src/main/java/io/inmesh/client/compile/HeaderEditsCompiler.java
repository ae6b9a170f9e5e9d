package io.inmesh.client.compile;

import io.inmesh.client.route.HeaderEdits;
import io.inmesh.client.route.HeaderValue;
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

    /** Envoy's limit for each list. */
    private static final int MOST = 1000;

    private static final HeaderValue NOTHING = new HeaderValue.Fixed("");

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
            if (changes.add().size() > MOST) {
                throw new IllegalArgumentException(field + " has more than " + MOST + " headers");
            }
            changes.remove().forEach(name -> edits.add(new HeaderEdits.Remove(name)));
            for (int i = 0; i < changes.add().size(); i++) {
                add(changes.add().get(i), field + "[" + i + "]", edits);
            }
        }
        return edits.isEmpty() ? HeaderEdits.NONE : new HeaderEdits(edits);
    }

    private void add(HeaderMutations.Addition addition, String field, List<HeaderEdits.Edit> edits) {
        HeaderValue value;
        try {
            value = HeaderFormat.compile(addition.value());
        } catch (UnsupportedOperationException e) {
            findings.unsupported(path + "." + field + ".header.value", "command " + e.getMessage());
            return;
        }
        if (value.equals(NOTHING) && !addition.keepEmptyValue()) {
            return;
        }
        HeaderEdits.Action action =
                switch (addition.action()) {
                    case APPEND_IF_EXISTS_OR_ADD -> HeaderEdits.Action.APPEND;
                    case ADD_IF_ABSENT -> HeaderEdits.Action.ADD_IF_ABSENT;
                    case OVERWRITE_IF_EXISTS_OR_ADD -> HeaderEdits.Action.OVERWRITE;
                    case OVERWRITE_IF_EXISTS -> HeaderEdits.Action.OVERWRITE_IF_PRESENT;
                };
        edits.add(new HeaderEdits.Write(addition.name(), value, action, addition.keepEmptyValue()));
    }
}
