package io.inmesh.control.serve;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Problem;
import io.inmesh.control.config.VirtualService;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.PushCounts;
import io.inmesh.control.push.StreamStatus;
import io.inmesh.control.push.SubscriptionStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Counts and states of the control service in Prometheus' text format, under istiod's names where it has such a one. */
public final class ControlMetrics {

    private final Supplier<ConfigSnapshot> config;
    private final Hub hub;
    private final Supplier<CaCounts> ca;

    public ControlMetrics(Supplier<ConfigSnapshot> config, Hub hub, Supplier<CaCounts> ca) {
        this.config = config;
        this.hub = hub;
        this.ca = ca;
    }

    String text() {
        Text text = new Text();
        discovery(text);
        configuration(text);
        certificates(text);
        return text.out.toString();
    }

    private void discovery(Text text) {
        List<StreamStatus> streams = hub.statuses();
        Map<String, Long> refused = new TreeMap<>();
        streams.stream()
                .flatMap(stream -> stream.subscriptions().stream())
                .filter(subscription -> !subscription.rejection().isEmpty())
                .map(SubscriptionStatus::type)
                .forEach(type -> refused.merge(type.name().toLowerCase(Locale.ROOT), 1L, Long::sum));
        PushCounts counts = hub.counts();
        text.gauge("pilot_xds", "Clients that are connected by ADS.", streams.size());
        text.gauge("pilot_xds_rejects", "Subscriptions whose last answer the client refused.", sum(refused));
        for (String type : List.of("cds", "eds", "lds", "rds")) {
            text.gauge(
                    "pilot_xds_" + type + "_reject",
                    "Subscriptions to " + type + " whose last answer the client refused.",
                    refused.getOrDefault(type, 0L));
        }
        text.counter("pilot_xds_pushes", "Answers that were sent.", counts.answers());
        text.counter("pilot_push_triggers", "Changes of the state that were put to use.", counts.pushes());
        text.counter("inmesh_pushes_total", "States that were published.", counts.pushes());
        text.counter("inmesh_push_resources_total", "Resources that were translated.", counts.resources());
        text.counter("inmesh_push_bytes_total", "Bytes of answers that were sent.", counts.bytes());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void configuration(Text text) {
        ConfigSnapshot now = config.get();
        text.gauge("pilot_services", "Services that are known.", hub.inspect(context ->
                (long) context.services().size()));
        text.gauge(
                "pilot_virt_services",
                "VirtualServices that are used.",
                now.of(VirtualService.class).size());
        text.gauge(
                "inmesh_config_errors",
                "Resources and files that are wrong.",
                now.problems().stream()
                        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                        .count());
        text.gauge(
                "inmesh_config_resources",
                "Resources that are used.",
                now.resources().size());
    }

    private void certificates(Text text) {
        CaCounts counts = ca.get();
        text.counter("citadel_server_csr_count", "Certificate requests.", counts.requests());
        text.counter("citadel_server_success_cert_issuance_count", "Certificates that were issued.", counts.issued());
        text.counter(
                "citadel_server_authentication_failure_count",
                "Certificate requests of callers that proved no identity.",
                counts.unauthenticated());
        text.counter(
                "citadel_server_csr_parsing_err_count",
                "Certificate requests that were refused for what they ask.",
                counts.invalid());
        text.gauge(
                "citadel_server_root_cert_expiry_timestamp",
                "When the first root ends, in seconds since 1970.",
                counts.rootEnd().getEpochSecond());
    }

    private static final class Text {
        private final StringBuilder out = new StringBuilder();

        void gauge(String name, String help, long value) {
            write(name, help, "gauge", value);
        }

        void counter(String name, String help, long value) {
            write(name, help, "counter", value);
        }

        private void write(String name, String help, String type, long value) {
            out.append("# HELP ").append(name).append(' ').append(help);
            out.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
            out.append(name).append(' ').append(value).append('\n');
        }
    }
}
