package io.inmesh.control.analysis.semantic;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What several kinds have in common. Stateless. */
final class CommonChecks {

    private static final int LAST_PORT = 65_535;
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

    private CommonChecks() {}

    static void exportTo(Spot spec, String namespace, boolean entry) {
        Set<String> seen = new HashSet<>();
        List<String> written = spec.value().texts("exportTo");
        for (String to : written) {
            String key = to.equals(".") ? namespace : to;
            if (!seen.add(key)) {
                spec.refuse("exportTo", "duplicate entries in exportTo for entry " + to);
            } else if (!key.equals("*") && !(entry && key.equals("~")) && !HostNames.isLabel(key)) {
                spec.refuse("exportTo", "only .,*, or a valid namespace name can be used: '" + to + "'");
            }
        }
        spec.refuseIf(
                seen.contains("*") && written.size() > 1,
                "exportTo",
                "cannot have both public (*) and non-public exportTo values for a resource");
        spec.refuseIf(seen.contains("~") && written.size() > 1, "exportTo", "cannot export to no one (~) and someone");
    }

    static void selector(Spot selector, String labels) {
        if (selector.value().entries().isEmpty()) {
            return;
        }
        if (selector.value().textMap(labels).isEmpty()) {
            selector.warn(labels, "workload selector specified without labels");
        }
    }

    static void port(Spot spot, String field) {
        if (spot.has(field)) {
            long port = spot.value().integer(field, -1);
            spot.refuseIf(
                    port < 1 || port > LAST_PORT,
                    field,
                    "port number " + spot.text(field) + " must be in the range 1..65535");
        }
    }

    static void percent(Spot spot, String field) {
        if (spot.has(field)) {
            long percent = spot.value().integer(field, -1);
            spot.refuseIf(
                    percent < 0 || percent > 100, field, "percentage " + spot.text(field) + " is not in range 0..100");
        }
    }

    static void percentage(Spot percentage) {
        if (percentage.has("value")) {
            double value = number(percentage, "value");
            percentage.refuseIf(
                    !(value >= 0 && value <= 100),
                    "value",
                    "percentage " + percentage.text("value") + " is not in range 0..100");
        }
    }

    static double number(Spot spot, String field) {
        try {
            return Double.parseDouble(spot.text(field));
        } catch (NumberFormatException otherwise) {
            return Double.NaN;
        }
    }

    static void headerName(Spot spot, String field, String name) {
        spot.refuseIf(!HEADER_NAME.matcher(name).matches(), field, "header name \"" + name + "\" is not valid");
    }
}
