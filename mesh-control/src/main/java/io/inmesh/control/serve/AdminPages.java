package io.inmesh.control.serve;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Problem;
import io.inmesh.control.push.Hub;
import io.inmesh.control.serve.AdminPort.Page;
import io.inmesh.control.serve.AdminPort.Visitor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the admin port shows: readiness and metrics to everybody, what is below {@code /debug/} to those who prove who they are, as far
 * as they may see it.
 */
public final class AdminPages {

    private static final Page UNKNOWN =
            new Page(401, "text/plain", "a token of a service account is required: authorization: Bearer TOKEN\n");

    private final Supplier<ConfigSnapshot> config;
    private final Hub hub;
    private final DebugPages debug;
    private final ControlMetrics metrics;
    private final Optional<CallerAuthenticator> authenticator;

    /** @param authenticator empty for development, where everybody sees everything */
    public AdminPages(
            Supplier<ConfigSnapshot> config,
            Hub hub,
            DebugPages debug,
            ControlMetrics metrics,
            Optional<CallerAuthenticator> authenticator) {
        this.config = config;
        this.hub = hub;
        this.debug = debug;
        this.metrics = metrics;
        this.authenticator = authenticator;
    }

    /** By path. */
    public Map<String, Function<Visitor, Page>> byPath() {
        Map<String, Function<Visitor, Page>> pages = new LinkedHashMap<>();
        pages.put("/ready", anybody -> ready());
        pages.put("/metrics", anybody -> new Page(200, "text/plain; version=0.0.4", metrics.text()));
        for (String name : debug.names()) {
            pages.put("/debug/" + name, visitor -> debug(name, visitor));
        }
        return pages;
    }

    private Page debug(String name, Visitor visitor) {
        return viewer(visitor)
                .flatMap(viewer -> debug.page(name, viewer))
                .map(Page::json)
                .orElse(UNKNOWN);
    }

    private Optional<DebugViewer> viewer(Visitor visitor) {
        if (authenticator.isEmpty()) {
            return Optional.of(DebugViewer.ALL);
        }
        return authenticator
                .get()
                .identify(new CallerCredentials(List.of(), visitor.bearerToken()))
                .map(caller -> DebugViewer.of(
                        caller, hub.inspect(context -> context.settings().rootNamespace())));
    }

    private Page ready() {
        if (hub.complete()) {
            return new Page(200, "text/plain", "ready\n");
        }
        StringBuilder why = new StringBuilder("the first complete state is not there yet\n");
        config.get().problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .forEach(problem -> why.append(problem).append('\n'));
        return new Page(503, "text/plain", why.toString());
    }
}
