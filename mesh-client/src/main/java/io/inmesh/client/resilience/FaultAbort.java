package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.Fraction;
import io.inmesh.client.resilience.FaultPolicy.Answer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How many requests are answered in the upstream's place, and with what. Immutable.
 *
 * @param answer null if the request says it
 * @param share of requests; if the request says what, also the most that it may ask for
 */
public record FaultAbort(@Nullable Answer answer, Fraction share) {

    @Nullable
    Answer draw(MeshRequest request, RandomGenerator chance) {
        if (answer != null) {
            return share.covers(chance) ? answer : null;
        }
        Answer asked = asked(request);
        boolean aborted = asked != null
                && FaultHeaders.share(request, "x-envoy-fault-abort-request-percentage", share)
                        .covers(chance);
        return aborted ? asked : null;
    }

    private static @Nullable Answer asked(MeshRequest request) {
        long status = FaultHeaders.number(request, "x-envoy-fault-abort-request");
        if (status >= 200 && status < 600) {
            return new Answer((int) status, -1);
        }
        long grpc = FaultHeaders.number(request, "x-envoy-fault-abort-grpc-request");
        return grpc < 0 ? null : new Answer(200, (int) Math.min(grpc, Integer.MAX_VALUE));
    }
}
