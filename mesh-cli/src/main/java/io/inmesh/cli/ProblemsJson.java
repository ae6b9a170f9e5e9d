package io.inmesh.cli;

import io.inmesh.control.config.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Problems in the shape of istioctl's messages: level, message, origin and reference. Stateless. */
final class ProblemsJson {

    private ProblemsJson() {}

    static String of(List<Problem> problems) {
        return problems.isEmpty()
                ? "[]"
                : problems.stream().map(ProblemsJson::one).collect(Collectors.joining(",\n", "[\n", "\n]"));
    }

    private static String one(Problem problem) {
        boolean error = problem.severity() == Problem.Severity.ERROR;
        String field = problem.field().isEmpty() ? "" : problem.field() + ": ";
        return "\t{\n"
                + member("code", error ? "IST0106" : "MESH0001")
                + member("level", error ? "Error" : "Warning")
                + member("message", field + problem.reason())
                + member("origin", problem.resource())
                + "\t\t\"reference\": " + quoted(problem.origin().toString()) + "\n\t}";
    }

    private static String member(String name, String value) {
        return "\t\t" + quoted(name) + ": " + quoted(value) + ",\n";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> json.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }
}
