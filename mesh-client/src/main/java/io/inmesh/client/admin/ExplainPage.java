package io.inmesh.client.admin;

import io.inmesh.client.pipeline.Explanation;

/** {@code /mesh/explain?url=..&method=..&header=name:value}: which way a request would go, as JSON or text. */
record ExplainPage(AdminView view) implements AdminPage {

    @Override
    public AdminAnswer answer(AdminQuery query) throws AdminQuery.NotUnderstoodException {
        boolean json = query.format("json", "text").equals("json");
        Explanation explanation = view.explain(AskedRequest.of(query));
        return json ? AdminAnswer.json(explanation.json()) : AdminAnswer.text(explanation.text());
    }
}
