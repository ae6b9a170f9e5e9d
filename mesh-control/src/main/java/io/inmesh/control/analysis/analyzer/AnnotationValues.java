package io.inmesh.control.analysis.analyzer;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What values of Istio's annotations may be. Stateless. */
final class AnnotationValues {

    private static final String PORTS = "\\s*[0-9]{1,5}\\s*(,\\s*[0-9]{1,5}\\s*)*";
    private static final String RANGES = "\\s*[0-9a-fA-F.:]+(/[0-9]{1,3})?\\s*(,\\s*[0-9a-fA-F.:]+(/[0-9]{1,3})?\\s*)*";
    private static final Pattern UINT32 = Pattern.compile("[0-9]{1,10}");
    private static final Map<String, Pattern> PATTERNS = Map.ofEntries(
            entry("sidecar.istio.io/interceptionMode", "REDIRECT|TPROXY|NONE"),
            entry("status.sidecar.istio.io/port", "[0-9]{1,5}"),
            entry("traffic.sidecar.istio.io/includeOutboundIPRanges", "|\\*|" + RANGES),
            entry("traffic.sidecar.istio.io/excludeOutboundIPRanges", "|" + RANGES),
            entry("traffic.sidecar.istio.io/includeInboundPorts", "|\\*|" + PORTS),
            entry("traffic.sidecar.istio.io/excludeInboundPorts", "|" + PORTS),
            entry("traffic.sidecar.istio.io/excludeOutboundPorts", "|" + PORTS),
            entry("prometheus.istio.io/merge-metrics", "1|t|T|TRUE|true|True|0|f|F|FALSE|false|False"),
            entry("sidecar.istio.io/proxyCPU", "[0-9.]+([numkMGTPE]|[KMGTPE]i|[eE][0-9]+)?"),
            entry("sidecar.istio.io/proxyCPULimit", "[0-9.]+([numkMGTPE]|[KMGTPE]i|[eE][0-9]+)?"),
            entry("sidecar.istio.io/proxyMemory", "[0-9.]+([numkMGTPE]|[KMGTPE]i|[eE][0-9]+)?"),
            entry("sidecar.istio.io/proxyMemoryLimit", "[0-9.]+([numkMGTPE]|[KMGTPE]i|[eE][0-9]+)?"));

    private AnnotationValues() {}

    private static Map.Entry<String, Pattern> entry(String name, String pattern) {
        return Map.entry(name, Pattern.compile(pattern));
    }

    static Optional<String> problem(String name, String value) {
        if (name.startsWith("readiness.status.") && !name.endsWith("applicationPorts")) {
            return UINT32.matcher(value).matches()
                    ? Optional.empty()
                    : Optional.of("\"" + value + "\" is no whole number");
        }
        Pattern pattern = PATTERNS.get(name);
        if (pattern == null || pattern.matcher(value).matches()) {
            return Optional.empty();
        }
        String what = name.substring(name.indexOf('/') + 1).toLowerCase(Locale.ROOT);
        return Optional.of("\"" + value + "\" is no value of " + what);
    }
}
