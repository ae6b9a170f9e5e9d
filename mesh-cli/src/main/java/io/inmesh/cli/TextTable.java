package io.inmesh.cli;

import java.util.ArrayList;
import java.util.List;

/** A table as istioctl prints it: columns as wide as their widest value, some blanks apart. Used by one thread. */
final class TextTable {

    private static final String APART = "     ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        rows.add(List.of(header));
    }

    void row(String... values) {
        rows.add(List.of(values));
    }

    /** The rows sorted by their values from the left, the header first. */
    TextTable sorted() {
        rows.subList(1, rows.size()).sort((a, b) -> String.join("\0", a).compareTo(String.join("\0", b)));
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                if (i < row.size() - 1) {
                    line.append(" ".repeat(width(i) - row.get(i).length())).append(APART);
                }
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
