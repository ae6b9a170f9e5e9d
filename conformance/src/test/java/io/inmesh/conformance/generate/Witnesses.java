package io.inmesh.conformance.generate;

import java.util.List;
import java.util.Map;

/**
 * Texts that regular expressions match: the row file gives them, because finding them is more than a test should do.
 *
 * @param byRegex at least one text for each expression
 */
public record Witnesses(Map<String, List<String>> byRegex) {

    public Witnesses {
        byRegex = Map.copyOf(byRegex);
    }

    List<String> of(String regex) {
        List<String> texts = byRegex.get(regex);
        if (texts == null) {
            throw new IllegalArgumentException("The row file gives no witness for " + regex);
        }
        return texts;
    }
}
