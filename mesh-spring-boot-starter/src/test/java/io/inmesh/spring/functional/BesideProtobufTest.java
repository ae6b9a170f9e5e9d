package io.inmesh.spring.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inmesh.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mesh has no protobuf of its own (record 1), so an application may have any. */
class BesideProtobufTest {

    @Test
    void theStarterBringsNone() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName("com.google.protobuf.CodedInputStream"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.25", "4.28"})
    void worksBesideTheApplicationsOwn(String version, @TempDir Path folder) throws IOException {
        ChildJvm child = ChildJvm.run(
                List.of(protobuf(version)),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                CallBesideProtobuf.class,
                folder.toString());

        assertThat(child.output())
                .contains("application's protobuf says abc")
                .contains("protobuf-java-" + version)
                .contains("mesh says spiffe://cluster.local/ns/shop/sa/caller securely");
        assertThat(child.exitCode()).isZero();
    }

    private static Path protobuf(String version) throws IOException {
        Path folder = Path.of(System.getProperty("mesh.root"), "mesh-spring-boot-starter", "target", "protobuf");
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("protobuf-java-" + version))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
