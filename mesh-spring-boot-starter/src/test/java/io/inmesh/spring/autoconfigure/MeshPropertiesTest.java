package io.inmesh.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.telemetry.AccessLogFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MeshPropertiesTest {

    private static final Pattern PROPERTY = Pattern.compile("\\{\\s*\"name\": \"(mesh\\.[\\w.-]+)\",[^{}]*}");

    @Test
    void hasDefaultsThatChangeNothing() {
        MeshProperties properties = bind(Map.of());

        assertThat(properties.enabled()).isTrue();
        assertThat(properties.control().address()).isNull();
        assertThat(properties.files()).isNull();
        assertThat(properties.startupTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(properties.workload().namespace()).isEqualTo("default");
        assertThat(properties.probe().port()).isEqualTo(15021);
        assertThat(properties.inbound().enabled()).isTrue();
        assertThat(properties.admin().port()).isNull();
        assertThat(properties.accessLog().enabled()).isFalse();
        assertThat(properties.accessLog().format()).isEqualTo(AccessLogFormat.TEXT);
    }

    @Test
    void bindsTheNamesOfTheDocumentation() {
        MeshProperties properties = bind(Map.of(
                "mesh.control.address", "istiod.istio-system.svc:15012",
                "mesh.control.root-cert", "/etc/mesh/root.pem",
                "mesh.control.token-file", "/var/run/token",
                "mesh.workload.service-account", "reviews",
                "mesh.workload.labels.version", "v2",
                "mesh.workload.ports.http", "8081",
                "mesh.workload.address", "10.0.0.7",
                "mesh.access-log.format", "json",
                "mesh.access-log.file", "/var/log/mesh.log",
                "mesh.admin.port", "15000"));

        assertThat(properties.control().address()).isEqualTo("istiod.istio-system.svc:15012");
        assertThat(properties.control().rootCert()).isEqualTo(Path.of("/etc/mesh/root.pem"));
        assertThat(properties.control().tokenFile()).isEqualTo(Path.of("/var/run/token"));
        assertThat(properties.workload().serviceAccount()).isEqualTo("reviews");
        assertThat(properties.workload().labels()).containsExactly(Map.entry("version", "v2"));
        assertThat(properties.workload().ports()).containsExactly(Map.entry("http", 8081));
        assertThat(properties.workload().address().getHostAddress()).isEqualTo("10.0.0.7");
        assertThat(properties.accessLog().format()).isEqualTo(AccessLogFormat.JSON);
        assertThat(properties.accessLog().file()).isEqualTo(Path.of("/var/log/mesh.log"));
        assertThat(properties.admin().port()).isEqualTo(15_000);
    }

    @Test
    void everyPropertyIsDocumented() throws IOException {
        List<MatchResult> documented = PROPERTY.matcher(metadata()).results().toList();

        assertThat(documented)
                .extracting(property -> property.group(1))
                .contains("mesh.enabled", "mesh.control.address", "mesh.probe.port", "mesh.workload.labels");
        assertThat(documented)
                .filteredOn(property -> !property.group().contains("\"sourceMethod\""))
                .allSatisfy(property -> assertThat(property.group()).contains("\"description\": \""));
    }

    private static MeshProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("mesh", MeshProperties.class);
    }

    private static String metadata() throws IOException {
        try (InputStream in =
                MeshProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
