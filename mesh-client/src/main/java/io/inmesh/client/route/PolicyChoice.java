package io.inmesh.client.route;

import io.inmesh.api.policy.CallPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Who decides one field for a call, for people.
 *
 * @param field Istio's name, such as {@code retries.attempts}
 * @param value what holds; empty where it is the operator's, whose value stands among the route's or cluster's own
 * @param winner where it was written
 * @param losers what else was written, the next in rank first
 */
public record PolicyChoice(String field, String value, String winner, List<String> losers) {

    public PolicyChoice {
        losers = List.copyOf(losers);
    }

    static PolicyChoice of(CallPolicy.Setting setting) {
        return new PolicyChoice(
                setting.field().path(),
                setting.value().toString(),
                setting.source(),
                setting.overridden().stream().map(CallPolicy.Setting::toString).toList());
    }

    static PolicyChoice operators(CallPolicy.Setting setting, String istioConfig) {
        List<String> losers = new ArrayList<>();
        losers.add(setting.toString());
        setting.overridden().forEach(lower -> losers.add(lower.toString()));
        return new PolicyChoice(
                setting.field().path(), "", istioConfig.isEmpty() ? "the operator" : istioConfig, losers);
    }
}
