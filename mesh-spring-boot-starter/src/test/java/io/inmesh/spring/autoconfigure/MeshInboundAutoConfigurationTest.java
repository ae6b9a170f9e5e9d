package io.inmesh.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.WebServerFactoryCustomizerBeanPostProcessor;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;

class MeshInboundAutoConfigurationTest {

    private static final AutoConfigurations MESH = AutoConfigurations.of(
            ApplicationAvailabilityAutoConfiguration.class,
            MeshAutoConfiguration.class,
            MeshInboundAutoConfiguration.class);

    // Nobody listens there: the mesh never gets a configuration.
    private static final String[] UNREACHABLE = {
        "mesh.control.address=127.0.0.1:1",
        "mesh.control.plaintext=true",
        "mesh.startup-timeout=10ms",
        "server.port=0",
        "server.address=127.0.0.1"
    };

    private final WebApplicationContextRunner servers = new WebApplicationContextRunner(
                    AnnotationConfigServletWebServerApplicationContext::new)
            .withConfiguration(MESH)
            .withConfiguration(AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class));

    @Test
    void tomcatsConnectorIsTheMeshs() {
        servers.withPropertyValues(UNREACHABLE)
                .run(context -> assertThat(connector(context).getProtocolHandlerClassName())
                        .isEqualTo(MeshTomcat.PROTOCOL));
    }

    @Test
    void beforeTheFirstConfigurationNobodyIsServed() {
        servers.withPropertyValues(UNREACHABLE).run(context -> assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> call(connector(context).getLocalPort())));
    }

    @Test
    void withoutAMeshTomcatIsAsItWas() {
        servers.withPropertyValues("server.port=0", "server.address=127.0.0.1").run(context -> {
            assertThat(connector(context).getProtocolHandlerClassName())
                    .isEqualTo(TomcatWebServerFactory.DEFAULT_PROTOCOL);
            assertThat(call(connector(context).getLocalPort())).isEqualTo(404);
        });
    }

    @Test
    void thePortCanBeLeftUnprotected() {
        servers.withPropertyValues(UNREACHABLE)
                .withPropertyValues("mesh.inbound.enabled=false")
                .run(context ->
                        assertThat(call(connector(context).getLocalPort())).isEqualTo(404));
    }

    @Test
    void tlsOfTheApplicationsOwnIsRefusedWithASentence(@TempDir Path folder) throws IOException {
        WorkloadIdentity own = TestPki.create().identity("shop", "web");
        Path certificate = Files.writeString(folder.resolve("tls.pem"), Pem.certificates(own.chain()));
        Path key = Files.writeString(folder.resolve("tls.key"), Pem.privateKey(own.key()));
        servers.withPropertyValues(UNREACHABLE)
                .withPropertyValues(
                        "server.ssl.certificate=file:" + certificate, "server.ssl.certificate-private-key=file:" + key)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("TLS settings of its own (server.ssl.*)"));
    }

    @Test
    void aServerThatTheMeshCannotProtectIsRefused() {
        servers.withPropertyValues(UNREACHABLE)
                .withClassLoader(new FilteredClassLoader(org.apache.catalina.startup.Tomcat.class))
                .withBean(WebServerFactoryCustomizerBeanPostProcessor.class)
                .withBean(ServletWebServerFactory.class, () -> initializers -> {
                    throw new AssertionError("started");
                })
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(Exception.class)
                        .hasRootCauseInstanceOf(MeshConfigurationException.class)
                        .rootCause()
                        .hasMessageContaining("mesh.inbound.enabled=false"));
    }

    @Test
    void anApplicationWithoutAServerNeedsNone() {
        new ApplicationContextRunner()
                .withConfiguration(MESH)
                .withPropertyValues(UNREACHABLE)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(MeshTomcatCustomizer.class)
                        .doesNotHaveBean(UnprotectedServerRefusal.class));
    }

    private static Connector connector(AssertableWebApplicationContext context) {
        WebServerApplicationContext server = (WebServerApplicationContext) context.getSourceApplicationContext();
        return ((TomcatWebServer) server.getWebServer()).getTomcat().getConnector();
    }

    private static int call(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
