package io.inmesh.client.pipeline;

import io.inmesh.client.pipeline.Explanation.Destination;
import io.inmesh.client.pipeline.Explanation.EndpointState;
import io.inmesh.client.pipeline.Explanation.Policy;
import io.inmesh.client.pipeline.Explanation.Security;
import io.inmesh.client.pipeline.Explanation.Source;
import io.inmesh.client.route.PolicyChoice;
import java.time.Duration;
import java.util.List;

/** An explanation as text. */
final class ExplanationText {

    private final StringBuilder text = new StringBuilder();

    private ExplanationText() {}

    static String of(Explanation explanation) {
        ExplanationText out = new ExplanationText();
        out.write(explanation);
        return out.text.toString();
    }

    private void write(Explanation explanation) {
        line(0, explanation.verdict() + (explanation.reply() == 0 ? "" : " " + explanation.reply()));
        said(1, "route configuration", explanation.table());
        said(1, "virtual host", explanation.virtualHost());
        if (!explanation.route().isEmpty() || !explanation.source().config().isEmpty()) {
            line(1, "route " + named(explanation.route()) + from(explanation.source()));
        }
        explanation
                .misses()
                .forEach(miss -> line(2, "not " + named(miss.route()) + from(miss.source()) + ": " + miss.reason()));
        said(1, "fault", explanation.fault());
        said(1, "rewrite", explanation.rewrite());
        explanation.settings().forEach(this::setting);
        if (!explanation.clusters().isEmpty()) {
            policy(explanation.policy());
            explanation.clusters().forEach(this::destination);
        }
    }

    private void setting(PolicyChoice choice) {
        line(1, choice.field() + (choice.value().isEmpty() ? "" : "=" + choice.value()) + " by " + choice.winner());
        choice.losers().forEach(loser -> line(2, "not " + loser));
    }

    private void policy(Policy policy) {
        said(1, "timeout", off(policy.timeout()));
        if (policy.retryOn().isEmpty()) {
            line(1, "retries none");
            return;
        }
        line(1, "retries " + policy.numRetries() + " on " + String.join(",", policy.retryOn()));
        line(2, "per try timeout " + off(policy.perTryTimeout()));
        line(
                2,
                "back-off up to " + policy.backOff().toMillis() + " ms, growing to "
                        + policy.maxBackOff().toMillis() + " ms");
        if (policy.avoidsPreviousHosts()) {
            line(2, "hosts already tried are avoided");
        }
    }

    private void destination(Destination to) {
        line(1, to.weight() + "/" + to.totalWeight() + " " + to.cluster() + from(to.source()));
        if (!to.known()) {
            line(2, "no such cluster");
            return;
        }
        line(2, "balancing " + to.balancing() + (to.panic() ? ", in panic: health is not looked at" : ""));
        line(2, "connect timeout " + off(to.connectTimeout()));
        said(2, "limits", to.limits());
        said(2, "outlier detection", to.outlierDetection());
        if (to.endpoints().isEmpty()) {
            line(2, "no endpoints");
        }
        to.endpoints().forEach(this::endpoint);
    }

    private void endpoint(EndpointState endpoint) {
        line(
                2,
                "endpoint " + endpoint.address() + " weight " + endpoint.weight() + " priority " + endpoint.priority()
                        + (endpoint.locality().isEmpty() ? "" : " in " + endpoint.locality())
                        + " " + endpoint.health()
                        + (endpoint.ejected() ? ", ejected" : "")
                        + (endpoint.ejections() == 0 ? "" : " (" + endpoint.ejections() + " times so far)")
                        + ", " + endpoint.activeRequests() + " active");
        security(endpoint.security());
    }

    private void security(Security security) {
        line(3, security.mode() + (security.serverName().isEmpty() ? "" : " as " + security.serverName()));
        if (security.mode().equals("PLAINTEXT")) {
            return;
        }
        List<String> identities = security.identities();
        line(
                3,
                "expects "
                        + (identities.isEmpty()
                                ? "any identity of the trust bundle"
                                : String.join(" or ", identities)));
    }

    private static String named(String route) {
        return route.isEmpty() ? "(unnamed)" : route;
    }

    private static String from(Source source) {
        String resource = source.resource();
        if (resource.isEmpty()) {
            return "";
        }
        return " of " + resource + (source.origin().isEmpty() ? "" : " (" + source.origin() + ")");
    }

    private static String off(Duration duration) {
        return duration.isZero() ? "off" : duration.toMillis() + " ms";
    }

    private void said(int depth, String what, String value) {
        if (!value.isEmpty()) {
            line(depth, what + " " + value);
        }
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }
}
