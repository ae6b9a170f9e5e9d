package io.inmesh.test;

import io.inmesh.api.http.LocalReply;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on what a mesh would do. */
public final class MeshAssert extends AbstractAssert<MeshAssert, MeshDecisions> {

    MeshAssert(@Nullable MeshDecisions mesh) {
        super(mesh, MeshAssert.class);
    }

    /** Goes on with where the request would go. */
    public RouteAssert routes(MeshCall call) {
        isNotNull();
        return new RouteAssert(actual.explain(call)).as("%s", call);
    }

    /** The called service lets the request in. */
    public MeshAssert allows(MeshCall call) {
        isNotNull();
        Optional<LocalReply> reply = actual.turnsAway(call);
        if (reply.isPresent()) {
            failWithMessage("%s as '%s' is turned away: %s", call, call.account(), said(reply.get()));
        }
        return this;
    }

    /** The called service turns the request away, by an answer or by closing the connection. */
    public MeshAssert denies(MeshCall call) {
        isNotNull();
        if (actual.turnsAway(call).isEmpty()) {
            failWithMessage("%s as '%s' is let in", call, call.account());
        }
        return this;
    }

    private static String said(LocalReply reply) {
        return reply.status() == 0 ? reply.body() : reply.status() + " " + reply.details();
    }
}
