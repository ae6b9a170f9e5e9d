package io.inmesh.xds.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.testkit.Peers;
import io.inmesh.xds.decode.ResourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConfigSourceTest {

    @Test
    void everyCaptureIsCompleteAndWithoutRejections() throws IOException {
        int folders = 0;
        try (Stream<Path> all = Files.list(Peers.shared("istiod-captures"))) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                XdsResources resources = read(folder);
                assertThat(resources.complete()).as("%s", folder).isTrue();
                assertThat(resources.clusters().rejections()).isEmpty();
                assertThat(resources.listeners().rejections()).isEmpty();
                assertThat(resources.routeConfigurations().rejections()).isEmpty();
                assertThat(resources.loadAssignments().rejections()).isEmpty();
                assertThat(resources.routeConfigurations().givenUp()).isEmpty();
                assertThat(resources.loadAssignments().givenUp()).isEmpty();
                folders++;
            }
        }
        assertThat(folders).isEqualTo(15);
    }

    @Test
    void theTutorialsCanaryIsThere() {
        XdsResources resources = read(Peers.shared("istiod-captures").resolve("myapp-canary-client"));

        assertThat(resources.clusters().byName()).containsKeys("PassthroughCluster", "BlackHoleCluster");
        assertThat(resources.routeConfigurations().byName()).isNotEmpty();
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path folder) throws IOException {
        write(folder);
        Files.delete(folder.resolve("Listener.pb"));

        assertThatExceptionOfType(MeshConfigurationException.class)
                .isThrownBy(() -> read(folder))
                .withMessageContaining("Listener.pb");
    }

    @Test
    void aCorruptFileIsNamed(@TempDir Path folder) throws IOException {
        write(folder);
        Files.writeString(folder.resolve("Cluster.pb"), "not protobuf at all");

        assertThatExceptionOfType(MeshConfigurationException.class)
                .isThrownBy(() -> read(folder))
                .withMessageContaining("Cluster.pb");
    }

    @Test
    void aFileOfAnotherTypeIsNamed(@TempDir Path folder) throws IOException {
        write(folder);
        Files.write(folder.resolve("Cluster.pb"), Responses.listeners().toBytes());

        assertThatExceptionOfType(MeshConfigurationException.class)
                .isThrownBy(() -> read(folder))
                .withMessageContaining("Cluster.pb")
                .withMessageContaining("envoy.config.listener.v3.Listener");
    }

    @Test
    void whatFilesNameAndDoNotHoldIsGivenUp(@TempDir Path folder) throws IOException {
        write(folder);

        XdsResources resources = read(folder);

        assertThat(resources.complete()).isTrue();
        assertThat(resources.loadAssignments().givenUp()).containsExactly("a");
    }

    private static void write(Path folder) throws IOException {
        Files.write(
                FileConfigSource.file(folder, ResourceType.CLUSTER),
                Responses.clusters(Responses.eds("a")).toBytes());
        Files.write(
                FileConfigSource.file(folder, ResourceType.LISTENER),
                Responses.listeners().toBytes());
        Files.write(
                FileConfigSource.file(folder, ResourceType.LOAD_ASSIGNMENT),
                Responses.loadAssignments().toBytes());
        Files.write(
                FileConfigSource.file(folder, ResourceType.ROUTE_CONFIGURATION),
                Responses.routes().toBytes());
    }

    private static XdsResources read(Path folder) {
        List<XdsResources> delivered = new ArrayList<>();
        try (FileConfigSource source = new FileConfigSource(folder)) {
            source.start(delivered::add);
        }
        assertThat(delivered).hasSize(1);
        return delivered.get(0);
    }
}
