package io.inmesh.client.pipeline;

import io.inmesh.client.pipeline.Explanation.Destination;
import io.inmesh.client.pipeline.Explanation.EndpointState;
import io.inmesh.client.pipeline.Explanation.Miss;
import io.inmesh.client.pipeline.Explanation.Policy;
import io.inmesh.client.pipeline.Explanation.Source;
import io.inmesh.client.route.PolicyChoice;
import io.inmesh.xds.wire.JsonText;
import java.util.List;

/** An explanation as JSON; durations in milliseconds. */
final class ExplanationJson {

    private static final int INDENT = 1;

    private final JsonText out = JsonText.indented(INDENT);

    private ExplanationJson() {}

    static String of(Explanation explanation) {
        ExplanationJson json = new ExplanationJson();
        json.write(explanation);
        return json.out.toString();
    }

    private void write(Explanation explanation) {
        out.beginObject();
        out.member("verdict", explanation.verdict());
        out.member("route_configuration", explanation.table());
        out.member("virtual_host", explanation.virtualHost());
        out.member("route", explanation.route());
        source("virtual_service", explanation.source());
        out.key("missed");
        out.beginArray();
        explanation.misses().forEach(this::miss);
        out.endArray();
        out.member("fault", explanation.fault());
        out.member("rewrite", explanation.rewrite());
        if (explanation.reply() != 0) {
            out.member("reply", explanation.reply());
        }
        if (!explanation.settings().isEmpty()) {
            out.key("settings");
            out.beginArray();
            explanation.settings().forEach(this::setting);
            out.endArray();
        }
        if (!explanation.clusters().isEmpty()) {
            policy(explanation.policy());
            out.key("clusters");
            out.beginArray();
            explanation.clusters().forEach(this::destination);
            out.endArray();
        }
        out.endObject();
    }

    private void source(String name, Source source) {
        if (source.config().isEmpty() && source.origin().isEmpty()) {
            return;
        }
        out.key(name);
        out.beginObject();
        out.member("resource", source.resource());
        out.member("config", source.config());
        out.member("origin", source.origin());
        out.endObject();
    }

    private void miss(Miss miss) {
        out.element();
        out.beginObject();
        out.member("route", miss.route());
        out.member("reason", miss.reason());
        source("virtual_service", miss.source());
        out.endObject();
    }

    private void setting(PolicyChoice choice) {
        out.element();
        out.beginObject();
        out.member("field", choice.field());
        out.member("value", choice.value());
        out.member("by", choice.winner());
        out.key("instead_of");
        texts(choice.losers());
        out.endObject();
    }

    private void policy(Policy policy) {
        out.key("policy");
        out.beginObject();
        out.member("timeout_ms", policy.timeout().toMillis());
        out.member("per_try_timeout_ms", policy.perTryTimeout().toMillis());
        out.key("retry_on");
        texts(policy.retryOn());
        out.member("num_retries", policy.numRetries());
        out.member("back_off_ms", policy.backOff().toMillis());
        out.member("max_back_off_ms", policy.maxBackOff().toMillis());
        out.member("avoids_previous_hosts", policy.avoidsPreviousHosts());
        out.endObject();
    }

    private void destination(Destination destination) {
        out.element();
        out.beginObject();
        out.member("cluster", destination.cluster());
        out.member("weight", destination.weight());
        out.member("total_weight", destination.totalWeight());
        out.member("known", destination.known());
        source("destination_rule", destination.source());
        out.member("balancing", destination.balancing());
        out.member("panic", destination.panic());
        out.member("connect_timeout_ms", destination.connectTimeout().toMillis());
        out.member("limits", destination.limits());
        out.member("outlier_detection", destination.outlierDetection());
        out.key("endpoints");
        out.beginArray();
        destination.endpoints().forEach(this::endpoint);
        out.endArray();
        out.endObject();
    }

    private void endpoint(EndpointState endpoint) {
        out.element();
        out.beginObject();
        out.member("address", endpoint.address());
        out.member("priority", endpoint.priority());
        out.member("weight", endpoint.weight());
        out.member("locality", endpoint.locality());
        out.member("health", endpoint.health());
        out.member("ejected", endpoint.ejected());
        out.member("ejections", endpoint.ejections());
        out.member("active_requests", endpoint.activeRequests());
        out.member("security", endpoint.security().mode());
        out.member("server_name", endpoint.security().serverName());
        out.key("identities");
        texts(endpoint.security().identities());
        out.endObject();
    }

    private void texts(List<String> texts) {
        out.beginArray();
        texts.forEach(text -> {
            out.element();
            out.string(text);
        });
        out.endArray();
    }
}
