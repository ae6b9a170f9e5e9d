package io.inmesh.agent;

import io.inmesh.agent.connect.ControlAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The command line of {@link AgentProcess}: {@code --name value} or {@code --name=value}, each at most once. */
final class AgentOptions {

    static final String USAGE = """
            usage: mesh-agent --control HOST:PORT --namespace NS --service-account SA --output DIR [options]
              --control HOST:PORT      the control service or istiod, usually port 15012
              --root FILE              PEM roots to recognise it by; without it the connection is plaintext
              --server-name NAME       the name in its certificate, if that is not HOST
              --namespace NS           the workload's namespace
              --service-account SA     the workload's service account
              --trust-domain TD        the workload's trust domain, else cluster.local
              --token FILE             bearer token, read again for every call
              --state DIR              keeps key and certificate over restarts
              --output DIR             where key.pem, cert-chain.pem and root-cert.pem are written
            """;

    private static final Set<String> NAMES = Set.of(
            "control",
            "root",
            "server-name",
            "namespace",
            "service-account",
            "trust-domain",
            "token",
            "state",
            "output");

    private final Map<String, String> values;

    private AgentOptions(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with a sentence, if it cannot be understood
     */
    static AgentOptions parse(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--")) {
                throw new IllegalArgumentException("not an option: " + argument);
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("no such option: --" + name);
            }
            if (equals < 0 && i + 1 == arguments.length) {
                throw new IllegalArgumentException("--" + name + " needs a value");
            }
            String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
            if (values.put(name, value) != null) {
                throw new IllegalArgumentException("--" + name + " is given twice");
            }
        }
        return new AgentOptions(values);
    }

    Path output() {
        return Path.of(needed("output"));
    }

    MeshAgentBuilder agent() {
        MeshAgentBuilder builder =
                MeshAgent.builder().controlService(control()).workload(needed("namespace"), needed("service-account"));
        find("trust-domain").ifPresent(builder::trustDomain);
        find("token").map(Path::of).ifPresent(builder::tokenFile);
        find("state").map(Path::of).ifPresent(builder::stateDirectory);
        return builder;
    }

    private ControlAddress control() {
        String address = needed("control");
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("--control is HOST:PORT, not " + address);
        }
        String host = address.substring(0, colon).replaceAll("^\\[|]$", "");
        int port = Integer.parseInt(address.substring(colon + 1));
        Optional<Path> root = find("root").map(Path::of);
        if (root.isEmpty()) {
            return ControlAddress.plaintext(host, port);
        }
        ControlAddress secure = ControlAddress.secure(host, port, root.get());
        return find("server-name").map(secure::expecting).orElse(secure);
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private String needed(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("--" + name + " is missing"));
    }
}
