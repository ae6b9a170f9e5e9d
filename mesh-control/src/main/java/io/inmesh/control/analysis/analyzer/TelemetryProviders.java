package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.Set;
import java.util.stream.Collectors;

/** Providers of Telemetries that are deprecated, or of which there is none. */
final class TelemetryProviders implements Analyzer {

    @Override
    public String name() {
        return "telemetry.ProviderAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Set<String> lightstep = items.meshConfig().objects("extensionProviders").stream()
                .filter(provider -> provider.has("lightstep"))
                .map(provider -> provider.text("name"))
                .collect(Collectors.toSet());
        boolean logsByDefault = !items.meshConfig()
                .object("defaultProviders")
                .list("accessLogging")
                .isEmpty();
        for (Item telemetry : items.of("Telemetry")) {
            for (YamlNode.Mapping tracing : telemetry.spec().objects("tracing")) {
                for (YamlNode.Mapping provider : tracing.objects("providers")) {
                    if (lightstep.contains(provider.text("name"))) {
                        deprecated(telemetry, provider, report);
                    }
                }
            }
            for (YamlNode.Mapping logging : telemetry.spec().objects("accessLogging")) {
                boolean on = !logging.text("disabled").equals("true");
                if (on && !logsByDefault && logging.list("providers").isEmpty()) {
                    report.add(
                            Code.TELEMETRY_WITHOUT_PROVIDERS,
                            telemetry,
                            logging.origin(),
                            "The Telemetry " + telemetry.name() + " in namespace \"" + telemetry.namespace()
                                    + "\" with empty providers will be ignored.");
                }
            }
        }
    }

    private static void deprecated(Item telemetry, YamlNode.Mapping provider, Report report) {
        report.add(
                Code.DEPRECATED,
                telemetry,
                provider.originOf("name"),
                "Deprecated: The Lightstep provider " + provider.text("name")
                        + " is deprecated, please migrate to OpenTelemetry provider.");
    }
}
