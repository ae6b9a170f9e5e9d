package io.inmesh.test;

import io.inmesh.api.http.LocalReply;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.control.app.OfflineControl;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Problem;
import io.inmesh.control.state.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a mesh would do with requests, from Istio's YAML alone: the control service's own translation and the client's own search, without a
 * network, in virtual time and with seeded chance. Assert on it with {@link MeshAssertions#assertThat}. For one thread.
 */
public final class MeshDecisions {

    private final VirtualMesh calls;
    private final CalledSide called;

    private MeshDecisions(VirtualMesh calls, CalledSide called) {
        this.calls = calls;
        this.called = called;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Which way a request would go, and why. */
    public Explanation explain(MeshCall call) {
        return calls.explain(call);
    }

    /**
     * Sends a call in virtual time to upstreams that answer with these statuses, attempt by attempt, the last for all that follow; 0 breaks
     * the connection. Counters, ejections and breakers remember it for the next call.
     */
    public MeshResult call(MeshCall call, int... statuses) {
        return calls.call(call, statuses);
    }

    /** What the called service would answer in the application's place; empty if it lets the call in. */
    public Optional<LocalReply> turnsAway(MeshCall call) {
        return called.turnsAway(call);
    }

    /** Puts a mesh together. Not thread-safe. */
    public static final class Builder {

        private final List<String> services = new ArrayList<>();
        private final List<String> files = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private String namespace = "default";
        private String caller = "caller";
        private long seed = 1;

        private Builder() {}

        /** Where the caller and the services are; {@code default} if it is not said. */
        public Builder namespace(String name) {
            namespace = name;
            return this;
        }

        /** The caller's app label and service account. */
        public Builder caller(String app) {
            caller = app;
            return this;
        }

        /** A service that the YAML does not describe, such as {@code reviews:9080 v1,v2}; each version has an endpoint. */
        public Builder service(String written) {
            services.add(written);
            return this;
        }

        /** Resources of Istio and Kubernetes. */
        public Builder yaml(String text) {
            return yaml("yaml", text);
        }

        /**
         * Resources of Istio and Kubernetes.
         *
         * @param file name for messages
         */
        public Builder yaml(String file, String text) {
            files.add(file);
            texts.add(text);
            return this;
        }

        /** Another course of chance, for weights, faults and picks. */
        public Builder seed(long other) {
            seed = other;
            return this;
        }

        /**
         * Translates and compiles.
         *
         * @throws IllegalArgumentException if a resource is wrong; the message tells file, line and reason
         */
        public MeshDecisions build() {
            List<ConfigSnapshot> config = new ArrayList<>();
            IntStream.range(0, services.size())
                    .forEach(i -> config.add(ConfigSnapshot.ofYaml(
                            services.get(i), ServiceYaml.of(services.get(i)).text(namespace, i + 1))));
            IntStream.range(0, texts.size())
                    .filter(i -> !texts.get(i).isBlank())
                    .forEach(i -> config.add(ConfigSnapshot.ofYaml(files.get(i), texts.get(i))));
            List<Problem> problems =
                    config.stream().flatMap(one -> one.problems().stream()).toList();
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException("The configuration has problems: " + problems);
            }
            VirtualTime time = new VirtualTime();
            OfflineControl control = OfflineControl.of(config, time);
            Proxy calling = control.workload(namespace, caller, Map.of("app", caller));
            return new MeshDecisions(
                    new VirtualMesh(control.resources(calling), time, seed),
                    new CalledSide(control, config, namespace, time));
        }
    }
}
