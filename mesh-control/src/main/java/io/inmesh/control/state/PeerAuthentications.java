package io.inmesh.control.state;

import io.inmesh.control.config.PeerAuthentication;
import io.inmesh.control.config.PeerAuthentication.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a workload accepts on a port: the narrowest PeerAuthentication that says something, of several of one scope the oldest.
 * Nothing said means PERMISSIVE.
 */
public final class PeerAuthentications {

    private final Function<String, List<PeerAuthentication>> oldestFirst;
    private final Supplier<String> rootNamespace;

    /** @param oldestFirst the policies of a namespace */
    PeerAuthentications(Function<String, List<PeerAuthentication>> oldestFirst, Supplier<String> rootNamespace) {
        this.oldestFirst = oldestFirst;
        this.rootNamespace = rootNamespace;
    }

    /** The mode of a port of a workload (not of a service). */
    public Mode mode(String namespace, Map<String, String> labels, int port) {
        Optional<PeerAuthentication> workload = ofWorkload(namespace, labels);
        return workload.flatMap(policy -> policy.ports().getOrDefault(port, Optional.empty()))
                .orElseGet(() -> mode(namespace, labels));
    }

    /** The mode of every port that no policy names. */
    public Mode mode(String namespace, Map<String, String> labels) {
        return Stream.of(ofWorkload(namespace, labels), ofNamespace(namespace), ofNamespace(rootNamespace.get()))
                .flatMap(Optional::stream)
                .flatMap(policy -> policy.mode().stream())
                .findFirst()
                .orElse(Mode.PERMISSIVE);
    }

    /** The ports that a policy of the workload names. */
    public List<Integer> namedPorts(String namespace, Map<String, String> labels) {
        return ofWorkload(namespace, labels)
                .map(policy -> policy.ports().keySet().stream().sorted().toList())
                .orElse(List.of());
    }

    boolean acceptsMtls(Workload workload, int port) {
        return mode(workload.namespace(), workload.labels(), port) != Mode.DISABLE;
    }

    private Optional<PeerAuthentication> ofWorkload(String namespace, Map<String, String> labels) {
        return oldestFirst.apply(namespace).stream()
                .filter(policy -> !policy.selector().isEmpty()
                        && labels.entrySet().containsAll(policy.selector().entrySet()))
                .findFirst();
    }

    private Optional<PeerAuthentication> ofNamespace(String namespace) {
        return oldestFirst.apply(namespace).stream()
                .filter(policy -> policy.selector().isEmpty())
                .findFirst();
    }
}
