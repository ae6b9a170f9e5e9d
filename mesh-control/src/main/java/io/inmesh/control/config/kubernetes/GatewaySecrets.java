package io.inmesh.control.config.kubernetes;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Gateway;
import io.inmesh.control.config.Pod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which Secrets the gateways' servers name: {@code credentialName} and, for callers' authorities, the same with {@code -cacert}, in the
 * namespaces of the pods that a Gateway selects. Nothing else is ever looked at. Pure.
 */
final class GatewaySecrets {

    private static final String AUTHORITIES = "-cacert";

    private GatewaySecrets() {}

    static Set<SecretName> named(ConfigSnapshot snapshot) {
        Set<SecretName> named = new TreeSet<>();
        List<Pod> pods = snapshot.of(Pod.class);
        for (Gateway gateway : snapshot.of(Gateway.class)) {
            Set<String> names = names(gateway);
            if (names.isEmpty() || gateway.selector().isEmpty()) {
                continue;
            }
            pods.stream()
                    .filter(pod -> selects(gateway, pod))
                    .map(pod -> pod.meta().namespace())
                    .distinct()
                    .forEach(namespace -> names.forEach(name -> named.add(new SecretName(namespace, name))));
        }
        return named;
    }

    /** Whether a change of this pod may change what is named. */
    static boolean selects(Gateway gateway, Pod pod) {
        return pod.meta().labels().entrySet().containsAll(gateway.selector().entrySet());
    }

    private static Set<String> names(Gateway gateway) {
        Set<String> names = new TreeSet<>();
        gateway.servers().stream()
                .flatMap(server -> server.tls().stream())
                .map(Gateway.Tls::credentialName)
                .filter(name -> !name.isEmpty())
                .forEach(name -> {
                    names.add(name);
                    names.add(name + AUTHORITIES);
                });
        return names;
    }

    /** A Secret. */
    record SecretName(String namespace, String name) implements Comparable<SecretName> {
        @Override
        public int compareTo(SecretName other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }
}
