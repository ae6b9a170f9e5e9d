package io.inmesh.control.analysis.semantic;

import java.util.List;

/** Telemetry: providers, of which tracing has one at most. Stateless. */
final class TelemetryCheck {

    private TelemetryCheck() {}

    static void check(Spot spec) {
        CommonChecks.selector(spec.object("selector"), "matchLabels");
        List<Spot> tracing = spec.objects("tracing");
        if (tracing.size() > 1) {
            spec.warn("tracing", "multiple tracing is not currently supported");
        }
        for (Spot trace : tracing) {
            if (trace.objects("providers").size() > 1) {
                trace.warn("providers", "multiple providers is not currently supported");
            }
        }
    }
}
