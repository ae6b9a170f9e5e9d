package io.inmesh.control.analysis.semantic;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Routes that no request can reach, because an earlier one takes all of theirs. Stateless. */
final class UnreachableRules {

    private UnreachableRules() {}

    static void http(List<Spot> routes) {
        plain(routes);
        PrefixCovers.check(routes);
    }

    /** What holds for routes of every protocol: after one without matches, and after one with the same matches. */
    static void plain(List<Spot> routes) {
        Map<String, Integer> seen = new HashMap<>();
        int everything = -1;
        for (int i = 0; i < routes.size(); i++) {
            Spot route = routes.get(i);
            List<Spot> matches = route.objects("match");
            if (matches.isEmpty()) {
                if (everything >= 0) {
                    unused(route, i, "only the last rule can have no matches");
                }
                everything = i;
                continue;
            }
            int repeated = 0;
            for (int j = 0; j < matches.size(); j++) {
                if (everything >= 0) {
                    unused(route, i, "route without matches defined before");
                    continue;
                }
                Integer earlier = seen.putIfAbsent(canonical(matches.get(j).value()), i);
                if (earlier != null) {
                    ineffective(
                            matches.get(j),
                            name(route, i),
                            matchName(matches.get(j), j),
                            name(routes.get(earlier), earlier));
                    repeated++;
                }
            }
            if (repeated == matches.size()) {
                unused(route, i, "all matches used by prior rules");
            }
        }
    }

    private static void unused(Spot route, int index, String reason) {
        route.remark(
                Code.UNREACHABLE_RULE, "", "VirtualService rule " + name(route, index) + " not used (" + reason + ").");
    }

    static void ineffective(Spot match, String rule, String name, String earlier) {
        match.remark(
                Code.INEFFECTIVE_MATCH,
                "",
                "VirtualService rule " + rule + " match " + name + " is not used (duplicate/overlapping match in rule "
                        + earlier + ").");
    }

    static String name(Spot route, int index) {
        return route.text("name").isEmpty() ? "#" + index : '"' + route.text("name") + '"';
    }

    static String matchName(Spot match, int index) {
        return match.text("name").isEmpty() ? "#" + index : '"' + match.text("name") + '"';
    }

    /** A match's content in one order; its name and statistics prefix match nothing. */
    private static String canonical(YamlNode node) {
        if (node instanceof YamlNode.Mapping object) {
            StringBuilder text = new StringBuilder("{");
            object.entries().entrySet().stream()
                    .filter(entry ->
                            !entry.getKey().equals("name") && !entry.getKey().equals("statPrefix"))
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> text.append(entry.getKey())
                            .append(':')
                            .append(canonical(entry.getValue()))
                            .append(','));
            return text.append('}').toString();
        }
        if (node instanceof YamlNode.Sequence list) {
            StringBuilder text = new StringBuilder("[");
            list.items().forEach(item -> text.append(canonical(item)).append(','));
            return text.append(']').toString();
        }
        return '"' + ((YamlNode.Scalar) node).text() + '"';
    }
}
