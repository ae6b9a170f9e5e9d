package io.inmesh.conformance.generate;

import io.inmesh.conformance.config.Tree;
import io.inmesh.conformance.echo.Instruction;
import io.inmesh.conformance.row.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What upstreams do to a route's requests, and requests that are more than a GET. */
final class TrafficRows {

    private final List<Row> rows = new ArrayList<>();
    private final String label;
    private final Draft hit;

    private TrafficRows(String label, Draft hit) {
        this.label = label;
        this.hit = hit;
    }

    static List<Row> of(String label, Map<String, Object> route, Draft hit) {
        TrafficRows traffic = new TrafficRows(label, hit);
        Map<String, Object> action = Tree.object(route, "route");
        Object conditions = Tree.object(action, "retryPolicy").get("retryOn");
        traffic.upstreams(
                conditions == null ? Set.of() : Set.of(conditions.toString().split(",", -1)));
        traffic.heads(
                route.containsKey("requestHeadersToAdd") ? "Route.request_headers_to_add" : "VirtualHost.routes",
                route.containsKey("responseHeadersToAdd") ? "Route.response_headers_to_add" : "VirtualHost.routes");
        return traffic.rows;
    }

    /** Each outcome is about the condition that it comes nearest to. */
    private void upstreams(Set<String> conditions) {
        String none = "RouteAction.timeout";
        String any = conditions.isEmpty() ? none : "RetryPolicy.retry_on";
        upstream("a 503 and then a 200", near("retriable-status-codes", conditions, any), "status 503 body sorry", "");
        upstream("a 500 and then a 200", any, "status 500", "");
        upstream("a reset and then a 200", near("connect-failure", conditions, any), "reset", "");
        upstream("a closed connection and then a 200", near("refused-stream", conditions, any), "close", "");
        upstream("gRPC status 1 in the head", near("cancelled", conditions, any), "header grpc-status=1", "");
        upstream("gRPC status 14 in the head", near("unavailable", conditions, any), "header grpc-status=14", "");
        upstream("503 for ever", conditions.isEmpty() ? none : "RetryPolicy.num_retries", "status 503");
        upstream("an answer that takes its time", none, "delay 20");
    }

    private static String near(String condition, Set<String> conditions, String otherwise) {
        return conditions.contains(condition) ? "RetryPolicy.retry_on=" + condition : otherwise;
    }

    private void heads(String ofRequest, String ofResponse) {
        upstream(
                "a response with headers of its own",
                ofResponse,
                "status 404 header x-resp=own header x-route=own header set-cookie=a=b header set-cookie=c=d");
        request("a body", "VirtualHost.include_request_attempt_count", draft -> draft.method("POST")
                .body("a body"));
        request("HEAD", ofRequest, draft -> draft.method("HEAD"));
        request("headers that mutations name", ofRequest, draft -> draft.header("x-set", "own")
                .header("x-add", "own")
                .header("x-route", "own"));
    }

    private void upstream(String what, String field, String... instructions) {
        List<Instruction> script =
                Arrays.stream(instructions).map(Instruction::parse).toList();
        // Which host a retry goes to is chance where nothing forbids the one that failed.
        rows.add(Rows.of(label + ": " + what, List.of(field), hit, Map.of("*", script), Set.of("hosts")));
    }

    private void request(String what, String field, Consumer<Draft> change) {
        Draft changed = hit.copy();
        change.accept(changed);
        rows.add(Rows.of(label + ": " + what, List.of(field), changed));
    }
}
