package io.inmesh.xds.model.route;

import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.HeaderMatch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Faults to inject: the delay first, then the abort, each drawn for itself.
 *
 * @param delay null if none
 * @param abort null if none
 * @param headers requests that do not match all of them are spared
 * @param upstreamCluster only requests to this cluster; null for all
 * @param maxActiveFaults above this number nothing is injected; null if unbounded
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/fault/v3/fault.proto">Envoy, HTTPFault</a>
 */
public record HttpFault(
        @Nullable Delay delay,
        @Nullable Abort abort,
        List<HeaderMatch> headers,
        @Nullable String upstreamCluster,
        @Nullable Long maxActiveFaults) {

    public HttpFault {
        headers = List.copyOf(headers);
    }

    /**
     * A wait before the request goes on.
     *
     * @param fixedDelay null if the request's header {@code x-envoy-fault-delay-request} says how many milliseconds
     * @param percentage the share of requests; with a header the most that {@code x-envoy-fault-delay-request-percentage} may ask for
     */
    public record Delay(@Nullable Duration fixedDelay, FractionalPercent percentage) {
        public Delay {
            Objects.requireNonNull(percentage, "percentage");
        }
    }

    /** A local reply instead of the request. */
    public sealed interface Abort {

        /** The share of requests. */
        FractionalPercent percentage();

        /** An HTTP status, 200 to 599. */
        record Http(int status, FractionalPercent percentage) implements Abort {
            public Http {
                if (status < 200 || status > 599) {
                    throw new IllegalArgumentException("An abort's status is 200 to 599: " + status);
                }
                Objects.requireNonNull(percentage, "percentage");
            }
        }

        /** A gRPC status; requests that are not gRPC's get the HTTP status that goes with it. */
        record Grpc(int status, FractionalPercent percentage) implements Abort {
            public Grpc {
                Objects.requireNonNull(percentage, "percentage");
            }
        }

        /**
         * What the request's header {@code x-envoy-fault-abort-request} or {@code x-envoy-fault-abort-grpc-request} says.
         *
         * @param percentage the most that {@code x-envoy-fault-abort-request-percentage} may ask for
         */
        record Header(FractionalPercent percentage) implements Abort {
            public Header {
                Objects.requireNonNull(percentage, "percentage");
            }
        }
    }
}
