package io.inmesh.benchmarks;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.http.MeshResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the whole way of a call costs without a network - route, balance, limits, retry decision, outlier detection - beside one
 * decoration by resilience4j's circuit breaker.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBenchmark {

    private static final MeshRequest REQUEST = new StubRequest("reviews.bookinfo:9080", "/reviews/1");

    private Engine plain = Engine.of("reviews-client");
    private Engine timed = Engine.of("reviews-timeouts-client");
    private Supplier<String> decorated = () -> "";

    @Setup
    public void decorate() {
        decorated = CircuitBreaker.decorateSupplier(CircuitBreaker.ofDefaults("reviews"), () -> "ok");
    }

    @TearDown
    public void close() {
        plain.close();
        timed.close();
    }

    /** Header match missed, weighted clusters, Istio's default retries. */
    @Benchmark
    public MeshResponse mesh() throws IOException {
        return plain.call(REQUEST);
    }

    /** The same with a route timeout, a per-try timeout and outlier detection. */
    @Benchmark
    public MeshResponse meshWithTimeouts() throws IOException {
        return timed.call(REQUEST);
    }

    @Benchmark
    public String resilience4jCircuitBreaker() {
        return decorated.get();
    }
}
