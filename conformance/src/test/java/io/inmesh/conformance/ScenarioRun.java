package io.inmesh.conformance;

import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.echo.Script;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.Scenario;
import io.inmesh.conformance.row.Step;
import io.inmesh.conformance.side.Answer;
import io.inmesh.conformance.side.Side;
import java.util.ArrayList;
import java.util.List;

/** Sends every request of a scenario to one side, in order. */
final class ScenarioRun {

    private final Scenario scenario;
    private final EchoServers upstreams;

    ScenarioRun(Scenario scenario, EchoServers upstreams) {
        this.scenario = scenario;
        this.upstreams = upstreams;
    }

    /** The answers by row, by step. */
    List<List<List<Answer>>> on(Side side) {
        List<List<List<Answer>>> rows = new ArrayList<>();
        for (int row = 0; row < scenario.rows().size(); row++) {
            rows.add(row(side, scenario.rows().get(row)));
        }
        return rows;
    }

    /** The answers to one row, by step. */
    List<List<Answer>> row(Side side, Row row) {
        // Both sides send it, and so do runs of some of the rows only.
        String id = "row-" + Integer.toHexString(row.name().hashCode());
        upstreams.follow(new Script(row.upstreams()));
        upstreams.name(row.names());
        upstreams.expectCopies(false);
        upstreams.drain();
        upstreams.expectCopies(row.copies());
        List<List<Answer>> steps = new ArrayList<>();
        for (int step = 0; step < row.steps().size(); step++) {
            side.settle();
            steps.add(side.ask(
                    requests(row.steps().get(step), id + "-" + step),
                    row.steps().get(step).everyMillis(),
                    row.steps().get(step).atOnce()));
        }
        return steps;
    }

    private static List<Request> requests(Step step, String id) {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < step.times(); i++) {
            Request request = step.request();
            List<Header> headers = new ArrayList<>(request.headers());
            headers.add(new Header(Side.ID, id + "-" + i));
            requests.add(new Request(request.method(), request.path(), request.authority(), headers, request.body()));
        }
        return requests;
    }
}
