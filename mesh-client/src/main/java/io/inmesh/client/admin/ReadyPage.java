package io.inmesh.client.admin;

/** Envoy's {@code /ready}: whether calls can be made. */
record ReadyPage(AdminView view) implements AdminPage {

    private static final int UNAVAILABLE = 503;

    @Override
    public AdminAnswer answer(AdminQuery query) {
        return view.ready() ? AdminAnswer.text("LIVE\n") : AdminAnswer.text(UNAVAILABLE, "PRE_INITIALIZING\n");
    }
}
