package io.inmesh.agent;

import io.inmesh.agent.connect.ControlAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The command line of {@link AgentProcess}: {@code --name value} or {@code --name=value}, each at most once. */
final class AgentOptions {

    static final String USAGE = """
            usage: mesh-agent --control HOST:PORT --namespace NS --service-account SA (--output DIR | --serve SOCKET) [options]
              --control HOST:PORT      the control service or istiod, usually port 15012
              --root FILE              PEM roots to recognise it by; without it the connection is plaintext
              --server-name NAME       the name in its certificate, if that is not HOST
              --namespace NS           the workload's namespace
              --service-account SA     the workload's service account
              --trust-domain TD        the workload's trust domain, else cluster.local
              --token FILE             bearer token, read again for every call
              --state DIR              keeps key and certificate over restarts
              --output DIR             where key.pem, cert-chain.pem and root-cert.pem are written
              --serve SOCKET           serves the identity at a Unix socket by Envoy's secret discovery
              --serve-user UID         the one user that may connect to it, else this process's own
              --identity DIR           takes the identity from key.pem, cert-chain.pem and root-cert.pem there
              --workload-api SOCKET    takes the identity from SPIRE's agent instead of the control service
              --workloads FILE         a whole node: one workload a line, 'namespace service-account token-file socket [uid]',
                                       in place of --namespace, --service-account, --token, --output and --serve
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
            "output",
            "serve",
            "serve-user",
            "identity",
            "workload-api",
            "workloads");

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

    /** Where files are written; empty if the identity is served at a socket only. */
    Optional<Path> output() {
        Optional<Path> folder = find("output").map(Path::of);
        if (folder.isEmpty() && find("serve").isEmpty() && find("workloads").isEmpty()) {
            throw new IllegalArgumentException("--output or --serve is missing");
        } else if (folder.isPresent() && find("workloads").isPresent()) {
            throw new IllegalArgumentException("--output is one workload's; --workloads has a socket for each");
        }
        return folder;
    }

    /** The agents to run: one, or one for each workload of a node. */
    List<MeshAgentBuilder> agents() throws IOException {
        Optional<String> workloads = find("workloads");
        return workloads.isPresent()
                ? NodeWorkloads.read(Path.of(workloads.get())).stream()
                        .map(this::agent)
                        .toList()
                : List.of(agent());
    }

    private MeshAgentBuilder agent() {
        MeshAgentBuilder builder = builder(needed("namespace"), needed("service-account"));
        find("token").map(Path::of).ifPresent(builder::tokenFile);
        find("state").map(Path::of).ifPresent(builder::stateDirectory);
        find("identity").map(Path::of).ifPresent(builder::identityFiles);
        find("workload-api").map(Path::of).ifPresent(builder::workloadApi);
        OptionalInt user = find("serve-user").isPresent() ? OptionalInt.of(user()) : OptionalInt.empty();
        find("serve").map(Path::of).ifPresent(socket -> builder.serveSecrets(socket, user));
        return builder;
    }

    private MeshAgentBuilder agent(NodeWorkloads.Workload workload) {
        MeshAgentBuilder builder = builder(workload.namespace(), workload.serviceAccount())
                .tokenFile(workload.token())
                .serveSecrets(workload.socket(), workload.user());
        find("state")
                .map(state -> Path.of(state, workload.namespace(), workload.serviceAccount()))
                .ifPresent(builder::stateDirectory);
        return builder;
    }

    private MeshAgentBuilder builder(String namespace, String serviceAccount) {
        MeshAgentBuilder builder = MeshAgent.builder().controlService(control()).workload(namespace, serviceAccount);
        find("trust-domain").ifPresent(builder::trustDomain);
        return builder;
    }

    private int user() {
        String id = needed("serve-user");
        if (!id.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("--serve-user is a number, not " + id);
        }
        return Integer.parseInt(id);
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
