package io.inmesh.control.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Istio's HTTPFaultInjection. Percentages are 0 to 100. */
public record Fault(Optional<Delay> delay, Optional<Abort> abort) {

    private static final List<String> GRPC_CODES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    /** A pause before the request is sent. */
    public record Delay(Duration fixedDelay, double percentage) {
        static Delay read(Fields delay) {
            delay.unsupported("exponentialDelay");
            Duration fixed = delay.duration("fixedDelay").orElseThrow(() -> delay.invalid("fixedDelay", "is required"));
            return new Delay(fixed, percentageOf(delay));
        }
    }

    /** An answer instead of the request; one of the two numbers is there. */
    public record Abort(Optional<Integer> httpStatus, Optional<Integer> grpcStatus, double percentage) {
        static Abort read(Fields abort) {
            abort.unsupported("http2Error");
            Optional<Integer> http = abort.has("httpStatus")
                    ? Optional.of(abort.integer("httpStatus", 200, 599).orElseThrow())
                    : Optional.empty();
            Optional<Integer> grpc = abort.text("grpcStatus").map(GRPC_CODES::indexOf);
            if (grpc.filter(code -> code < 0).isPresent()) {
                throw abort.invalid("grpcStatus", "is no gRPC status");
            }
            if (http.isPresent() == grpc.isPresent()) {
                throw abort.invalid("httpStatus", "exactly one of httpStatus and grpcStatus is required");
            }
            return new Abort(http, grpc, percentageOf(abort));
        }
    }

    static Fault read(Fields fault) {
        return new Fault(fault.object("delay", Delay::read), fault.object("abort", Abort::read));
    }

    /** Without a percentage the fault is for every request. */
    private static double percentageOf(Fields fault) {
        Optional<Double> deprecated = fault.number("percent", 0, 100);
        return fault.object("percentage", value -> value.number("value", 0, 100).orElse(0.0))
                .or(() -> deprecated)
                .orElse(100.0);
    }
}
