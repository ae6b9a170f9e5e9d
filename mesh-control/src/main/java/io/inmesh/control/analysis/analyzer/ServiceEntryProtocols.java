package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** ServiceEntries that contradict each other about the protocol of a host's port. */
final class ServiceEntryProtocols implements Analyzer {

    /** A host's port where it is seen. */
    private record Key(String scope, String host, String port) {}

    /** What one entry says of it. */
    private record Said(Item entry, String protocol) {}

    @Override
    public String name() {
        return "serviceentry.ConflictingServiceEntryProtocolAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Map<Key, List<Said>> said = new LinkedHashMap<>();
        for (Item entry : items.of("ServiceEntry")) {
            for (String scope : Hosts.scopes(entry.spec().texts("exportTo"), entry.namespace())) {
                for (String host : entry.spec().texts("hosts")) {
                    for (YamlNode.Mapping port : entry.spec().objects("ports")) {
                        said.computeIfAbsent(new Key(scope, host, port.text("number")), unknown -> new ArrayList<>())
                                .add(new Said(entry, port.text("protocol").toUpperCase(Locale.ROOT)));
                    }
                }
            }
        }
        Set<String> reported = new HashSet<>();
        said.forEach((key, here) -> {
            List<Said> all = new ArrayList<>(here);
            if (!key.scope().equals(Hosts.EVERYWHERE)) {
                all.addAll(said.getOrDefault(new Key(Hosts.EVERYWHERE, key.host(), key.port()), List.of()));
            }
            Set<String> protocols = new TreeSet<>();
            all.forEach(one -> protocols.add(one.protocol()));
            if (protocols.size() > 1) {
                List<Item> entries = all.stream().map(Said::entry).distinct().toList();
                entries.stream()
                        .filter(entry -> reported.add(entry.fullName()))
                        .forEach(entry -> conflict(entry, entries, key, protocols, report));
            }
        });
    }

    private static void conflict(Item entry, List<Item> entries, Key key, Set<String> protocols, Report report) {
        report.add(
                Code.CONFLICTING_SERVICE_ENTRY_PROTOCOL,
                entry,
                entry.nameOrigin(),
                "Multiple ServiceEntries (" + Texts.fullNames(entries).replace(",", ", ") + ") define the same host \""
                        + key.host() + "\" and port " + key.port() + " with conflicting protocols ("
                        + String.join(", ", protocols) + ").");
    }
}
