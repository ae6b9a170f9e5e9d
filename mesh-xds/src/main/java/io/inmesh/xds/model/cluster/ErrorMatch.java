package io.inmesh.xds.model.cluster;

import io.inmesh.xds.model.HeaderMatch;
import java.util.List;
import java.util.Objects;

/**
 * Which answers count as failures for outlier detection, instead of the 5xx ones.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/common/matcher/v3/matcher.proto">Envoy, MatchPredicate</a>
 */
public sealed interface ErrorMatch {

    /** One of them is enough. */
    record AnyOf(List<ErrorMatch> conditions) implements ErrorMatch {
        public AnyOf {
            conditions = List.copyOf(conditions);
        }
    }

    /** All of them hold. */
    record AllOf(List<ErrorMatch> conditions) implements ErrorMatch {
        public AllOf {
            conditions = List.copyOf(conditions);
        }
    }

    /** It does not hold. */
    record Not(ErrorMatch condition) implements ErrorMatch {
        public Not {
            Objects.requireNonNull(condition, "condition");
        }
    }

    /** Every answer, or none. */
    record Every(boolean answer) implements ErrorMatch {}

    /** All of these hold for the response's head; {@code :status} is one of its headers. */
    record ResponseHeaders(List<HeaderMatch> headers) implements ErrorMatch {
        public ResponseHeaders {
            headers = List.copyOf(headers);
        }
    }
}
