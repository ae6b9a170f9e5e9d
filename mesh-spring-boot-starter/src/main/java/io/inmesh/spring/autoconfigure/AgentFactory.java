package io.inmesh.spring.autoconfigure;

import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.MeshAgentBuilder;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.api.error.MeshConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;

/** The agent that the properties describe. What they leave open is taken from the application's own: its name and its port. */
final class AgentFactory {

    private final MeshProperties properties;
    private final Environment environment;

    AgentFactory(MeshProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /**
     * An agent that is not yet started.
     *
     * @throws MeshConfigurationException if a property cannot take effect
     */
    MeshAgent agent(String address) {
        new PodCheck(properties.control(), environment).requireAll();
        MeshProperties.Workload workload = properties.workload();
        MeshAgentBuilder agent = MeshAgent.builder()
                .controlService(controlAddress(address))
                .workload(workload.namespace(), workload.serviceAccount())
                .trustDomain(properties.trustDomain());
        if (workload.name() != null) {
            agent.instance(workload.name());
        }
        if (workload.address() != null) {
            agent.ip(workload.address().getHostAddress());
        }
        if (properties.control().tokenFile() != null) {
            // Whoever issues it may come later than we do: the agent asks again.
            agent.tokenFile(properties.control().tokenFile());
        }
        if (properties.stateDir() != null) {
            agent.stateDirectory(properties.stateDir());
        }
        labels().forEach(agent::label);
        if (workload.group() != null) {
            agent.metadata("AUTO_REGISTER_GROUP", workload.group()).metadata("POD_PORTS", ports());
        }
        return agent.build();
    }

    private ControlAddress controlAddress(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
            throw new MeshConfigurationException("mesh.control.address is host:port, not '" + address + "'");
        }
        String host = address.substring(0, colon).replaceAll("^\\[|]$", "");
        int port = Integer.parseInt(address.substring(colon + 1));
        if (properties.control().plaintext()) {
            return ControlAddress.plaintext(host, port);
        }
        Path root = properties.control().rootCert();
        if (root == null) {
            throw new MeshConfigurationException(
                    "mesh.control.root-cert is missing: without it nobody could tell the control"
                            + " service from an impostor (mesh.control.plaintext=true does without, for development)");
        }
        ControlAddress secure = ControlAddress.secure(host, port, existing(root));
        String serverName = properties.control().serverName();
        return serverName == null ? secure : secure.expecting(serverName);
    }

    private static Path existing(Path file) {
        if (!Files.isReadable(file)) {
            throw new MeshConfigurationException("mesh.control.root-cert names a file that cannot be read: " + file);
        }
        return file;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(properties.workload().labels());
        String application = environment.getProperty("spring.application.name");
        if (application != null && !application.isBlank()) {
            labels.putIfAbsent("app", application);
        }
        return labels;
    }

    /** Where this instance listens, as Kubernetes writes container ports: names of the service's ports. */
    private String ports() {
        Map<String, Integer> ports = new TreeMap<>(properties.workload().ports());
        Integer server = environment.getProperty("server.port", Integer.class);
        if (ports.isEmpty() && server != null && server > 0) {
            ports.put("http", server);
        }
        return ports.entrySet().stream()
                .map(port -> "{\"name\":\"" + port.getKey() + "\",\"containerPort\":" + port.getValue() + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
