package io.inmesh.spring.functional;

import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.control.app.ControlService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A control service over a folder, and Spring Boot applications that join it; everything in this JVM, over real sockets. */
public final class EmbeddedMesh implements AutoCloseable {

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: callee, namespace: shop}
            spec:
              selector: {app: callee}
              ports: [{name: http, port: 80}]
            ---
            apiVersion: networking.istio.io/v1
            kind: WorkloadGroup
            metadata: {name: callee, namespace: shop}
            spec:
              metadata: {labels: {app: callee}}
              template: {serviceAccount: callee}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: caller, namespace: shop}
            """;

    private final Path folder;
    private final ControlService control;
    private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

    public EmbeddedMesh(Path folder, String policies) throws IOException, InterruptedException {
        // Before the control service's own TLS server, which shares this JVM (record 6).
        IgnoredServerName.require();
        this.folder = folder;
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("service.yaml"), SERVICE);
        Files.writeString(config.resolve("policies.yaml"), policies);
        control = ControlService.builder()
                .config(config)
                .state(folder.resolve("control"))
                .securePort(0)
                .adminPort(-1)
                .development(true)
                .start();
        if (!control.awaitReady(Duration.ofSeconds(20))) {
            throw new IOException("the control service does not get ready");
        }
    }

    public void policies(String yaml) throws IOException {
        Files.writeString(folder.resolve("config").resolve("policies.yaml"), yaml);
    }

    public ConfigurableApplicationContext start(Class<?> application, String account, int port, String... more)
            throws IOException {
        return startInstance(application, account, account, port, more);
    }

    /** One of several of the same account. */
    public ConfigurableApplicationContext startInstance(
            Class<?> application, String account, String instance, int port, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.application.name=" + account,
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--mesh.control.address=127.0.0.1:" + control.securePort(),
                "--mesh.control.root-cert=" + control.rootFile(),
                "--mesh.control.token-file=" + control.bootstrapToken("shop", account),
                "--mesh.workload.name=" + instance,
                "--mesh.workload.namespace=shop",
                "--mesh.workload.service-account=" + account,
                "--mesh.workload.address=127.0.0.1",
                "--mesh.state-dir=" + folder.resolve(instance),
                "--mesh.startup-timeout=30s",
                "--mesh.probe.port=0",
                "--mesh.probe.address=127.0.0.1",
                "--management.endpoints.web.exposure.include=mesh,health"));
        arguments.addAll(List.of(more));
        SpringApplication boot = new SpringApplicationBuilder(application).build();
        ConfigurableApplicationContext context = boot.run(arguments.toArray(new String[0]));
        applications.add(context);
        return context;
    }

    @Override
    public void close() {
        applications.forEach(ConfigurableApplicationContext::close);
        control.close();
    }
}
