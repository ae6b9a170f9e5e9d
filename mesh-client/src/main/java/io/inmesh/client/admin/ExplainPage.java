package io.inmesh.client.admin;

import io.inmesh.api.http.WrittenRequest;
import io.inmesh.client.pipeline.Explanation;

/** {@code /mesh/explain?url=..&method=..&header=name:value}: which way a request would go, as JSON or text. */
record ExplainPage(AdminView view) implements AdminPage {

    private static final String USAGE =
            "usage: /mesh/explain?url=http://reviews:9080/reviews/1[&method=GET][&header=name:value ...][&format=text]";

    @Override
    public AdminAnswer answer(AdminQuery query) throws AdminQuery.NotUnderstoodException {
        boolean json = query.format("json", "text").equals("json");
        Explanation explanation = view.explain(asked(query));
        return json ? AdminAnswer.json(explanation.json()) : AdminAnswer.text(explanation.text());
    }

    private static WrittenRequest asked(AdminQuery query) throws AdminQuery.NotUnderstoodException {
        try {
            String method = query.has("method") ? query.first("method") : "GET";
            return WrittenRequest.of(method, query.first("url"), query.all("header"));
        } catch (IllegalArgumentException e) {
            throw new AdminQuery.NotUnderstoodException(e.getMessage() + "\n" + USAGE);
        }
    }
}
